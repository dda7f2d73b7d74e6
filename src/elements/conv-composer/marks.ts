import { html, nothing, type TemplateResult } from 'lit';
import { mentionRanges, type Agent } from '../../domain/index.js';

interface Mark {
  from: number;
  to: number;
  kind: 'variable' | 'mention';
}

const variable = /\{\{\s*[\w.]+\s*\}\}/g;

/** The first variable that nobody filled, as it stands in the text; null where there is none. */
export function firstVariable(text: string): { from: number; to: number } | null {
  const found = new RegExp(variable).exec(text);
  return found && { from: found.index, to: found.index + found[0].length };
}

export function marksOf(text: string, agents: Iterable<Pick<Agent, 'id' | 'name'>>): Mark[] {
  const variables = [...text.matchAll(variable)].map(({ 0: found, index }): Mark => ({
    from: index,
    to: index + found.length,
    kind: 'variable',
  }));
  const mentions = mentionRanges(text, agents).map(({ from, to }): Mark => ({
    from,
    to,
    kind: 'mention',
  }));
  return [...variables, ...mentions].sort((a, b) => a.from - b.from);
}

/**
 * The text once more below the field, invisible but for the grounds of what is marked: a text field
 * itself cannot show any (S3.24).
 */
export function renderMarks(text: string, marks: readonly Mark[]): TemplateResult | typeof nothing {
  if (marks.length === 0) return nothing;
  const parts: unknown[] = [];
  let at = 0;
  for (const { from, to, kind } of marks) {
    if (from < at) continue;
    parts.push(text.slice(at, from), html`<mark class=${kind}>${text.slice(from, to)}</mark>`);
    at = to;
  }
  // A last line break has no height without something after it.
  const content = [...parts, text.slice(at), '\u200b'];
  return html`<span class="marks" aria-hidden="true" dir="auto">${content}</span>`;
}

/** They move with the field's text. */
export function scrollMarks(event: Event): void {
  const field = event.currentTarget as HTMLElement;
  field.parentElement?.querySelector('.marks')?.scrollTo({ top: field.scrollTop });
}
