import { excerpt } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { Thread, ThreadItem } from '../../store/thread-item.js';
import { newest } from './newest.js';

/** Lines that stay in the live region; older ones were read out long ago. */
const kept = 5;

export interface Announcement {
  key: string;
  text: string;
}

/**
 * What a screen reader is told: each new message of somebody else, once. Neither history, nor
 * older pages, nor one's own.
 */
export class Announcer {
  lines: readonly Announcement[] = [];
  /** Highest position known; null until the thread was there. */
  #upTo: number | null = null;

  /** Another thread follows. */
  reset(): void {
    this.#upTo = null;
    this.lines = [];
  }

  follow(thread: Thread, l: Localizer<InboxStrings>): void {
    if (thread.status !== 'ready') return;
    const upTo = this.#upTo;
    this.#upTo = Math.max(newest(thread.items), upTo ?? 0);
    if (upTo === null || this.#upTo === upTo) return;
    const fresh: ThreadItem[] = [];
    for (let at = thread.items.length - 1; at >= 0; at--) {
      const item = thread.items[at];
      if (!item || (item.position !== null && item.position <= upTo)) break;
      if (isNews(item)) fresh.unshift(item);
    }
    if (fresh.length === 0) return;
    this.lines = [...this.lines, ...fresh.map((item) => announce(item, l))].slice(-kept);
  }
}

function isNews({ position, own, kind, deletedAt }: ThreadItem): boolean {
  return position !== null && !own && kind !== 'system' && deletedAt === null;
}

function announce(item: ThreadItem, l: Localizer<InboxStrings>): Announcement {
  const name = item.author.name ?? l.term('contact.visitor');
  const files = item.attachments.map(({ name }) => name).join(', ');
  const text = excerpt(item.text, item.format) || files;
  const key = item.kind === 'comment' ? 'thread.commentFrom' : 'chat.announcement';
  return { key: item.key, text: l.term(key, name, text) };
}
