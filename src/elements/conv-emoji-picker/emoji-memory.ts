import { tones, type Tone } from './emoji.js';

const key = 'convkit/emoji';
const kept = 32;

export interface EmojiMemory {
  tone: Tone;
  /** As they were chosen, the latest first. */
  recent: readonly string[];
}

/** What this browser remembers; a page that may not keep anything begins anew each time. */
export function recallEmoji(): EmojiMemory {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
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

export function rememberEmoji(memory: EmojiMemory): void {
  try {
    localStorage.setItem(key, JSON.stringify(memory));
  } catch {
    // Full or denied: it is forgotten with the page.
  }
}

export function withRecent({ tone, recent }: EmojiMemory, emoji: string): EmojiMemory {
  return { tone, recent: [emoji, ...recent.filter((one) => one !== emoji)].slice(0, kept) };
}
