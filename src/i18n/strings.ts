import type { ErrorCode, refusalErrors } from '../protocol/index.js';
import type { en } from './locales/en.js';
import type { agentEn } from './locales/en-agent.js';
import type { emailEn } from './locales/en-email.js';
import type { emojiEn } from './locales/en-emoji.js';
import type { chooseEn } from './locales/en-choose.js';
import type { contactEn } from './locales/en-contact.js';
import type { filesEn } from './locales/en-files.js';
import type { formEn } from './locales/en-form.js';
import type { groupsEn } from './locales/en-groups.js';
import type { inboxEn } from './locales/en-inbox.js';
import type { listEn } from './locales/en-list.js';
import type { mailEn } from './locales/en-mail.js';
import type { menuEn } from './locales/en-menu.js';
import type { messagesEn } from './locales/en-messages.js';
import type { poweredByEn } from './locales/en-powered-by.js';
import type { ratingEn } from './locales/en-rating.js';
import type { savedEn } from './locales/en-saved.js';
import type { targetedEn } from './locales/en-targeted.js';
import type { threadEn } from './locales/en-thread.js';
import type { timesEn } from './locales/en-times.js';
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
export type MessagesStrings = TimesStrings & Texts<typeof messagesEn>;

/** What is said at times. */
export type TimesStrings = Strings & Texts<typeof timesEn>;

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
export type FilesStrings = TimesStrings & Texts<typeof filesEn>;

/** What the contact form says. */
export type FormStrings = Strings & Texts<typeof formEn>;

/** What the rating of a conversation says. */
export type RatingStrings = Strings & Texts<typeof ratingEn>;

/** What the menu of the visitor's panel says. */
export type MenuStrings = Strings & Texts<typeof menuEn>;

/** What the choice of a group says. */
export type ChooseStrings = Strings & Texts<typeof chooseEn>;

/** What is said around a message beside the bubble. */
export type TargetedStrings = Strings & Texts<typeof targetedEn>;

/** What the foot of the panel says. */
export type PoweredByStrings = Strings & Texts<typeof poweredByEn>;

/** Refusals that a visitor can meet; the others speak to whoever built the page, in English. */
export type VisitorError =
  | 'invalid_email'
  | 'message_empty'
  | 'file_damaged'
  | 'file_incomplete'
  | 'message_refused'
  | 'form_required'
  | 'chat_unavailable'
  | 'conversation_not_found'
  | 'message_not_found'
  | 'file_not_found'
  | 'group_not_found'
  | 'conversation_ended'
  | 'file_type_refused'
  | 'too_large'
  | 'storage_unavailable'
  | 'storage_full';

/** All that a visitor can be told: a language of the widget says each of it. */
export type VisitorStrings = FilesStrings &
  EmojiStrings &
  FormStrings &
  RatingStrings &
  MenuStrings &
  ChooseStrings &
  TargetedStrings &
  PoweredByStrings &
  Readonly<Record<`error.${VisitorError | keyof typeof refusalErrors}`, string>>;

/** A locale may say some of it; the rest stays English. */
export type Translation = Partial<
  InboxStrings & VisitorStrings & EmailStrings & SavedStrings & GroupsStrings
>;
