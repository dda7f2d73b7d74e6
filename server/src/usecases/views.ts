import { defaultPreferences, type Agent, type Me } from '#kit/domain/agent.js';
import type { Contact, VisitorContact } from '#kit/domain/contact.js';
import type { Message } from '#kit/domain/message.js';
import { answeredQuestions, type ContactForm } from '#kit/domain/contact-form.js';
import type { AccountRecord, AgentRecord, MessageRecord } from '../ports.js';

/** A message with agents' numbers. */
export function agentMessage(record: MessageRecord): Message {
  return message(record, record.position, record.seq);
}

/** A message with public numbers; null where no visitor may see it. */
export function visitorMessage(record: MessageRecord): Message | null {
  const { publicPosition, publicSeq } = record;
  if (publicPosition === null || publicSeq === null) return null;
  return { ...message(record, publicPosition, publicSeq), mentions: [], email: null };
}

function message(record: MessageRecord, position: number, seq: number): Message {
  const deleted = record.deletedAt !== null;
  return {
    id: record.id,
    conversationId: record.conversationId,
    clientId: record.clientId,
    kind: record.kind,
    author: record.author,
    text: deleted ? '' : record.text,
    format: record.format,
    system: record.system,
    attachments: deleted ? [] : record.attachments,
    mentions: deleted ? [] : record.mentions,
    email: record.email,
    position,
    seq,
    createdAt: record.createdAt,
    editedAt: record.editedAt,
    deletedAt: record.deletedAt,
  };
}

export function ownView(agent: Agent, record: AgentRecord, account: AccountRecord | null): Me {
  return {
    ...agent,
    email: account?.email ?? null,
    // Who comes with a host's tokens needs none here.
    hasPassword: record.externalId !== null || (account?.passwordHash ?? null) !== null,
    named: record.named,
    preferences: { ...defaultPreferences, ...record.preferences },
    hours: record.hours,
  };
}

/** A contact as agents see it, without what only the server needs. */
export function contactView(contact: Contact): Contact {
  return {
    ...publicFields(contact),
    createdAt: contact.createdAt,
    blocked: contact.blocked,
    attributes: contact.attributes,
    notes: contact.notes,
    tags: contact.tags,
    groupId: contact.groupId,
    consents: contact.consents,
    data: contact.data,
  };
}

/** A contact as its visitor sees it: not told what agents keep of them, nor what is closed to them. */
export function ownContactView(contact: Contact, form: ContactForm | null): VisitorContact {
  return { ...publicFields(contact), given: answeredQuestions(form, contact) };
}

function publicFields(contact: Contact): Omit<VisitorContact, 'given'> {
  const { id, name, email, phone, avatarUrl, language, version } = contact;
  return { id, name, email, phone, avatarUrl, language, version };
}
