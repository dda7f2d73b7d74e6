import type { Translation } from './strings.js';

const translations = new Map<string, Translation>();
const loaded = new Map<string, Translation>();
const listeners = new Set<() => void>();

/**
 * Adds or replaces strings of one locale (BCP 47, such as `de` or `pt-BR`), English included.
 * What was given before for other keys stays. Elements on the page show them at once.
 */
export function registerStrings(locale: string, strings: Translation): void {
  const tag = locale.toLowerCase();
  translations.set(tag, { ...translations.get(tag), ...strings });
  refreshStrings();
}

/** What the kit itself says in a locale; what a page registers stays above it, whichever came first. */
export function addLoaded(locale: string, strings: Translation): void {
  loaded.set(locale.toLowerCase(), strings);
  refreshStrings();
}

/** Tells elements to look up their texts again: a locale around them changed. */
export function refreshStrings(): void {
  for (const listener of listeners) listener();
}

/** Strings for a locale, the page's own before the kit's, the most special first: `pt-BR`, then `pt`. */
export function translationsFor(locale: string): Translation[] {
  const parts = locale.toLowerCase().split('-');
  const found: Translation[] = [];
  for (let length = parts.length; length > 0; length--) {
    const strings = translations.get(parts.slice(0, length).join('-'));
    if (strings) found.push(strings);
  }
  const own = loaded.get(locale.toLowerCase());
  return own ? [...found, own] : found;
}

/** Calls after every `registerStrings`; returns the way out. */
export function onStrings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
