import type { Agent } from './agent.js';

type Named = Pick<Agent, 'id' | 'name'>;

/** Where a comment names agents, and whom: a longer name before a shorter one it begins with. */
export function mentionRanges(
  text: string,
  agents: Iterable<Named>,
): { from: number; to: number; ids: string[] }[] {
  const byLength = [...agents]
    .filter(({ name }) => name.trim() !== '')
    .sort((a, b) => b.name.length - a.name.length);
  const ranges: { from: number; to: number; ids: string[] }[] = [];
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}_])@/gu)) {
    const rest = text.slice(index + 1).toLowerCase();
    const named = byLength.filter(
      ({ name }) =>
        rest.startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}_]/u.test(rest.slice(name.length)),
    );
    const longest = named[0]?.name.length;
    if (longest === undefined) continue;
    ranges.push({
      from: index,
      to: index + 1 + longest,
      ids: named.filter(({ name }) => name.length === longest).map(({ id }) => id),
    });
  }
  return ranges;
}

/** Whom the text names that the one before did not. */
export function newlyNamed(before: string, text: string, agents: readonly Named[]): string[] {
  const named = (one: string): string[] => mentionRanges(one, agents).flatMap(({ ids }) => ids);
  const known = new Set(named(before));
  return [...new Set(named(text))].filter((id) => !known.has(id));
}
