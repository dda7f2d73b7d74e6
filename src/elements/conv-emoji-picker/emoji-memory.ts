import { tones, type Tone } from './emoji.js';

const kept = 32;

/** Where it is kept, and under which key; null: nowhere. */
export interface EmojiKeep {
  area: Storage;
  key: string;
}

/** Throws where a browser denies its storage. */
export type GetEmojiKeep = () => EmojiKeep | null;

export const keptInBrowser: GetEmojiKeep = () => ({ area: localStorage, key: 'convkit/emoji' });

export interface EmojiMemory {
  tone: Tone;
  /** As they were chosen, the latest first. */
  recent: readonly string[];
}

/** What this browser remembers; a page that may not keep anything begins anew each time. */
export function recallEmoji(keep: GetEmojiKeep): EmojiMemory {
  try {
    const { area, key = '' } = keep() ?? {};
    const stored: unknown = JSON.parse(area?.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return { tone: 0, recent: [] };
    const { tone, recent } = stored as Record<string, unknown>;
    return {
      tone: tones.find((one) => one === tone) ?? 0,
      recent: Array.isArray(recent)
        ? recent.filter((one) => typeof one === 'string').slice(0, kept)
        : [],
    };
  } catch {
    return { tone: 0, recent: [] };
  }
}

export function rememberEmoji(keep: GetEmojiKeep, memory: EmojiMemory): void {
  try {
    const { area, key = '' } = keep() ?? {};
    area?.setItem(key, JSON.stringify(memory));
  } catch {
    // Full or denied: it is forgotten with the page.
  }
}

export function withRecent({ tone, recent }: EmojiMemory, emoji: string): EmojiMemory {
  return { tone, recent: [emoji, ...recent.filter((one) => one !== emoji)].slice(0, kept) };
}
