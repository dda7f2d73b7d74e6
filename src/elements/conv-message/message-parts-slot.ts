import type { ReactiveElement, TemplateResult, nothing } from 'lit';
import type { LocalizedHost } from '../../i18n/index.js';
import type { FileSource } from '../../store/file-source.js';
import type { ThreadItem } from '../../store/thread-item.js';

/** The element that shows a message. */
export type MessageHost = ReactiveElement &
  LocalizedHost & { mentioned: readonly string[]; source: FileSource | null | undefined };

/** What is in the bubble of a message that is more than words. */
export interface MessageBody {
  /** To be told before each render. */
  follow(item: ThreadItem): void;
  render(item: ThreadItem, look: string): TemplateResult | typeof nothing;
}

/** Filled by `message-parts.js`: most messages need nothing of that chunk. */
export const messageParts: { create: ((host: MessageHost) => MessageBody) | undefined } = {
  create: undefined,
};
