import type { EmailDelivery } from '../../domain/index.js';
import { CodedError, type ConversationStart } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import { addContact, addConversation, sentKey } from './additions.js';
import { filesFor } from './files.js';
import { hasReplied, requireText, type Lines } from './lines.js';
import type { Tell } from './tell.js';
import {
  agentOf,
  contactOf,
  conversationOf,
  liveConversation,
  liveConversationOf,
  type StoredConversation,
  type StoredMessage,
  type Workspace,
} from './workspace.js';

/** `Re:`, however often. */
const answers = /^(?:\s*re\s*:)+\s*/i;

const address = /^[^\s@]+@[^\s@]+$/;

export interface MailActs {
  /** An email to somebody: in the live email conversation with them, or a new one. */
  startConversation(agentId: string, start: ConversationStart): StoredConversation;
  retryEmail(conversationId: string, messageId: string): StoredMessage;
}

/** What the act of writing needs of mail. */
export interface Outgoing {
  /** How a reply in this conversation travels; null where it goes by no mail. */
  deliveryOf(conversation: StoredConversation): EmailDelivery | null;
  /** Hands it to the mail server. */
  post(message: StoredMessage): void;
}

export function createOutgoing(workspace: Workspace, lines: Lines, clock: Clock): Outgoing {
  return {
    deliveryOf({ channel, contactId, subject, messages }) {
      if (channel !== 'email') return null;
      const { email } = contactOf(workspace, contactId);
      const last = messages.findLast((message) => message.email)?.email?.subject ?? subject ?? '';
      return envelope(workspace, email, `Re: ${last.replace(answers, '')}`.trim());
    },
    post(message) {
      if (message.email?.state !== 'queued') return;
      clock.after(workspace.mail.delayMs, () => {
        const conversation = workspace.conversations.get(message.conversationId);
        if (!conversation || message.email?.state !== 'queued') return;
        const error = workspace.mail.failure;
        message.email = { ...message.email, state: error === null ? 'sent' : 'failed', error };
        lines.changed(conversation, message, false);
      });
    },
  };
}

export function createMailActs(
  workspace: Workspace,
  tell: Tell,
  lines: Lines,
  outgoing: Outgoing,
): MailActs {
  function contactAt(to: ConversationStart['to']): string {
    if ('contactId' in to) return contactOf(workspace, to.contactId).id;
    const email = to.email.trim();
    if (!address.test(email)) throw new CodedError('invalid_email');
    const same = (other: string | null): boolean => other?.toLowerCase() === email.toLowerCase();
    for (const contact of workspace.contacts.values()) if (same(contact.email)) return contact.id;
    return addContact(workspace, { email, name: to.name?.trim() || null }).id;
  }

  return {
    startConversation(agentId, { clientId, to, subject, text, attachmentIds = [] }) {
      const before = workspace.sent.get(sentKey(agentId, clientId));
      if (before) return conversationOf(workspace, before.conversationId);
      if (attachmentIds.length === 0) requireText(text);
      if (subject.trim() === '') throw new CodedError('invalid_payload');
      if (!workspace.mail.configured) throw new CodedError('mail_not_configured');
      const files = filesFor(workspace, agentId, attachmentIds);
      const contactId = contactAt(to);
      const { groupId, ...contact } = contactOf(workspace, contactId);
      const email = envelope(workspace, contact.email, subject.trim());
      const fields = { channel: 'email', subject: subject.trim(), groupId } as const;
      const conversation =
        liveConversation(workspace, contactId, 'email') ??
        addConversation(workspace, contactId, fields);
      const { id, name, avatarUrl } = agentOf(workspace, agentId);
      if (conversation.state === 'closed') {
        conversation.state = 'open';
        lines.system(conversation, { type: 'reopened', byId: id, byName: name });
      }
      if (!hasReplied(conversation, id)) {
        lines.system(conversation, { type: 'joined', agentId: id, agentName: name });
      }
      if (conversation.assigneeIds.length === 0) conversation.assigneeIds = [id];
      const author = { type: 'agent', id, name, avatarUrl } as const;
      const line = { author, kind: 'reply', text, clientId, files, email } as const;
      const message = lines.append(conversation, line);
      tell.conversation(conversation);
      outgoing.post(message);
      return conversation;
    },
    retryEmail(conversationId, messageId) {
      const conversation = liveConversationOf(workspace, conversationId);
      const message = conversation.messages.find(({ id }) => id === messageId);
      if (!message?.email || message.deletedAt !== null) throw new CodedError('message_not_found');
      if (message.email.state !== 'failed') return message;
      if (!workspace.mail.configured) throw new CodedError('mail_not_configured');
      const to = contactOf(workspace, conversation.contactId).email ?? message.email.to;
      message.email = { ...message.email, to, state: 'queued', error: null };
      lines.changed(conversation, message, false);
      outgoing.post(message);
      return message;
    },
  };
}

function envelope({ mail }: Workspace, to: string | null, subject: string): EmailDelivery {
  if (!mail.configured) throw new CodedError('mail_not_configured');
  if (to === null) throw new CodedError('invalid_email');
  return { to, subject, state: 'queued', error: null };
}
