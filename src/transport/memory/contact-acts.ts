import {
  applyPatch,
  withFields,
  type Contact,
  type ContactBlock,
  type ContactPatch,
} from '../../domain/index.js';
import { CodedError, limits, type ContactData } from '../../protocol/index.js';
import type { Lines } from './lines.js';
import type { Tell } from './tell.js';
import {
  agentOf,
  contactOf,
  conversationsOf,
  groupOf,
  liveConversationOf,
  type StoredConversation,
  type Workspace,
} from './workspace.js';

export interface ContactActs {
  updateContact(contactId: string, patch: ContactPatch): void;
  /** What the page tells of its visitor. */
  setContactData(contactId: string, change: ContactData): void;
  /** Blocks the contact of a conversation, or with null lifts the block. */
  setBlocked(conversationId: string, byId: string, blocked: ContactBlock | null): Contact;
  /** Lifts the block of a contact, wherever it wrote. */
  liftBlock(contactId: string, byId: string): void;
}

export function createContactActs(workspace: Workspace, tell: Tell, lines: Lines): ContactActs {
  function block(
    contact: Contact,
    byId: string,
    blocked: ContactBlock | null,
    conversation: StoredConversation | undefined,
  ): void {
    const byName = agentOf(workspace, byId).name;
    contact.blocked = blocked;
    if (blocked === null) workspace.blocks.delete(contact.id);
    else workspace.blocks.set(contact.id, { at: workspace.now(), byName });
    if (conversation) {
      lines.system(
        conversation,
        blocked === null
          ? { type: 'unblocked', byId, byName }
          : { type: 'blocked', byId, byName, address: blocked === 'address' },
      );
    }
    tell.contactDetails(contact);
    if (conversation) tell.conversation(conversation);
  }

  return {
    updateContact(contactId, patch) {
      const contact = contactOf(workspace, contactId);
      if (patch.email?.trim() && !/^\S+@\S+$/.test(patch.email.trim())) {
        throw new CodedError('invalid_email');
      }
      if (patch.groupId) groupOf(workspace, patch.groupId);
      const patched = applyPatch(contact, patch, workspace.now());
      if (patched.attributes.length > limits.fields || patched.tags.length > limits.tags) {
        throw new CodedError('limit_reached');
      }
      if (JSON.stringify(patched) === JSON.stringify(contact)) return;
      const isOnCards = patched.name !== contact.name || patched.email !== contact.email;
      Object.assign(contact, patched);
      if (isOnCards) tell.contact(contact);
      else tell.contactDetails(contact);
    },
    setContactData(contactId, { how, data }) {
      const contact = contactOf(workspace, contactId);
      const fields = withFields(how === 'set' ? [] : contact.data, data);
      if (fields.length > limits.fields) throw new CodedError('limit_reached');
      contact.data = fields;
      tell.contactDetails(contact);
    },
    setBlocked(conversationId, byId, blocked) {
      const conversation = liveConversationOf(workspace, conversationId);
      const contact = contactOf(workspace, conversation.contactId);
      if (contact.blocked !== blocked) block(contact, byId, blocked, conversation);
      return contact;
    },
    liftBlock(contactId, byId) {
      const contact = contactOf(workspace, contactId);
      if (contact.blocked === null) return;
      const live = conversationsOf(workspace, contactId).find((each) => each.live);
      block(contact, byId, null, live);
    },
  };
}
