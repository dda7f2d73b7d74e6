import { html, nothing, type TemplateResult } from 'lit';
import type { Contact, Conversation } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { ErrorCode, Mail } from '../../protocol/index.js';
import { banIcon, clockIcon, mailIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';

type L = Localizer<InboxStrings>;

interface Notes {
  offline: boolean;
  fault: ErrorCode | null;
  conversation: Conversation | null;
  contact: Contact | null;
}

/** What stands above the messages while it is so. */
export function renderNotes({ offline, fault, conversation, contact }: Notes, l: L): unknown {
  const blocked = contact?.blocked ?? null;
  return html`${offline ? html`<p class="banner" part="note offline">${l.term('thread.offline')}</p>` : nothing}
  ${fault ? html`<p class="banner fault" role="alert">${errorText(l, fault)}</p>` : nothing}
  ${
    conversation?.live === false
      ? html`<p class="banner" part="note">${clockIcon()} ${l.term('thread.earlier')}</p>`
      : nothing
  }
  ${
    blocked === null
      ? nothing
      : html`<p class="banner" part="note">
          ${banIcon()} ${l.term(blocked === 'address' ? 'thread.banned' : 'thread.blocked')}
        </p>`
  }`;
}

/** Says of an email conversation where answers arrive. */
export function renderMailbox(
  conversation: Conversation | null,
  mail: Mail | null,
  l: L,
): TemplateResult | typeof nothing {
  if (conversation?.channel !== 'email' || !conversation.live || !mail) return nothing;
  const text =
    mail.replyTo === null
      ? l.term('thread.answersNowhere')
      : l.term('thread.answersAt', mail.replyTo);
  return html`<p class="mailbox" part="note">${mailIcon()} <bdi>${text}</bdi></p>`;
}
