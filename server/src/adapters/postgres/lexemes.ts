import { createHash } from 'node:crypto';

/**
 * Words as the index holds them: each with a mark of its workspace before it, so that looking for a
 * word costs nothing for those who wrote it in another workspace. Two workspaces with the same mark
 * would only be slower: what is found is asked for its workspace.
 */
export function lexemes(workspaceId: string, words: readonly string[]): string[] {
  const mark = markOf(workspaceId);
  return words.map((word) => mark + word);
}

/** In the text form of `tsquery`; a word holds letters, digits and marks only. */
export function tsquery(
  workspaceId: string,
  words: readonly string[],
  prefix: string | null,
): string {
  const mark = markOf(workspaceId);
  const terms = words.map((word) => `'${mark}${word}'`);
  if (prefix !== null) terms.push(`'${mark}${prefix}':*`);
  return terms.join(' & ');
}

function markOf(workspaceId: string): string {
  return createHash('sha256').update(workspaceId).digest('hex').slice(0, 6);
}
