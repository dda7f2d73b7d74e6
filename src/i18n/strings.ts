import type { ErrorCode } from '../protocol/index.js';
import type { en } from './locales/en.js';
import type { agentEn } from './locales/en-agent.js';
import type { emailEn } from './locales/en-email.js';
import type { emojiEn } from './locales/en-emoji.js';
import type { contactEn } from './locales/en-contact.js';
import type { filesEn } from './locales/en-files.js';
import type { groupsEn } from './locales/en-groups.js';
import type { inboxEn } from './locales/en-inbox.js';
import type { listEn } from './locales/en-list.js';
import type { mailEn } from './locales/en-mail.js';
import type { messagesEn } from './locales/en-messages.js';
import type { savedEn } from './locales/en-saved.js';
import type { threadEn } from './locales/en-thread.js';
import type { writingEn } from './locales/en-writing.js';

/** Widens literal texts, keeps the arguments of those that are functions. */
type Texts<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends (...args: infer Args) => string
    ? (...args: Args) => string
    : string;
};

/** What every element may say. */
export type Strings = Texts<typeof en>;

/** What an agent's screens say besides; a text for each error code is among it. */
export type InboxStrings = MessagesStrings &
  Texts<typeof inboxEn> &
  Texts<typeof mailEn> &
  Texts<typeof filesEn> &
  Texts<typeof listEn> &
  Texts<typeof threadEn> &
  Texts<typeof agentEn> &
  Texts<typeof contactEn> &
  Readonly<Record<`error.${ErrorCode}`, string>>;

/** What a thread says to agents. */
export type MessagesStrings = Strings & Texts<typeof messagesEn>;

/** What the emoji picker says. */
export type EmojiStrings = Strings & Texts<typeof emojiEn>;

/** What is said where agents write. */
export type WritingStrings = InboxStrings & Texts<typeof writingEn>;

/** What the form of an email says. */
export type EmailStrings = WritingStrings & Texts<typeof emailEn>;

/** What the dialog of saved replies and templates says. */
export type SavedStrings = WritingStrings & Texts<typeof savedEn>;

/** What the groups of a team say. */
export type GroupsStrings = InboxStrings & Texts<typeof groupsEn>;

/** What is said where there are files. */
export type FilesStrings = Strings & Texts<typeof filesEn>;

/** A locale may say some of it; the rest stays English. */
export type Translation = Partial<
  InboxStrings & EmojiStrings & EmailStrings & SavedStrings & GroupsStrings
>;
