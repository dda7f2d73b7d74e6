import { en } from './locales/en.js';
import { inboxEn } from './locales/en-inbox.js';
import type { InboxStrings } from './strings.js';

/** English of every element; only an agent's screens import it, so that the widget stays light. */
export const inboxEnglish: InboxStrings = { ...en, ...inboxEn };
