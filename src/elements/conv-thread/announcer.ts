import { excerpt } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { Thread, ThreadItem } from '../../store/thread-item.js';

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
    this.#upTo = thread.items.reduce(
      (highest, { position }) => Math.max(highest, position ?? 0),
      upTo ?? 0,
    );
    if (upTo === null) return;
    const fresh = thread.items.filter((item) => isNews(item, upTo));
    if (fresh.length === 0) return;
    this.lines = [...this.lines, ...fresh.map((item) => announce(item, l))].slice(-kept);
  }
}

function isNews({ position, own, kind, deletedAt }: ThreadItem, upTo: number): boolean {
  return position !== null && position > upTo && !own && kind !== 'system' && deletedAt === null;
}

function announce(item: ThreadItem, l: Localizer<InboxStrings>): Announcement {
  const name = item.author.name ?? l.term('contact.visitor');
  const files = item.attachments.map(({ name }) => name).join(', ');
  const text = excerpt(item.text, item.format) || files;
  const key = item.kind === 'comment' ? 'thread.commentFrom' : 'chat.announcement';
  return { key: item.key, text: l.term(key, name, text) };
}
