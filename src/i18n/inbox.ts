import { errorCodes, errorEntry, type ErrorCode } from '../protocol/index.js';
import { en } from './locales/en.js';
import { agentEn } from './locales/en-agent.js';
import { contactEn } from './locales/en-contact.js';
import { filesEn } from './locales/en-files.js';
import { inboxEn } from './locales/en-inbox.js';
import { listEn } from './locales/en-list.js';
import { mailEn } from './locales/en-mail.js';
import { messagesEn } from './locales/en-messages.js';
import { timesEn } from './locales/en-times.js';
import { threadEn } from './locales/en-thread.js';
import type { InboxStrings } from './strings.js';

const errors = Object.fromEntries(
  errorCodes.map((code) => [`error.${code}`, errorEntry(code).message]),
) as Record<`error.${ErrorCode}`, string>;

/** English of every element; only an agent's screens import it, so that the widget stays light. */
export const inboxEnglish: InboxStrings = {
  ...en,
  ...timesEn,
  ...filesEn,
  ...messagesEn,
  ...inboxEn,
  ...agentEn,
  ...contactEn,
  ...mailEn,
  ...listEn,
  ...threadEn,
  ...errors,
};
