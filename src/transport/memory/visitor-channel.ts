import {
  CodedError,
  events,
  limits,
  topics,
  type ContactData,
  type FilesSign,
  type FormSubmit,
  type GroupChoose,
  type MarkSet,
  type MessagesList,
  type PageViewPush,
  type RatingSet,
  type Typing,
  type VisitorJoin,
  type VisitorJoined,
  type VisitorMessageSend,
  type VisitorTypingSet,
} from '../../protocol/index.js';
import type { Acts } from './acts.js';
import type { Caller } from './caller.js';
import { signFiles } from './files.js';
import { handle, joinPage, listMessages, refuse, type Handlers } from './handlers.js';
import { marksFor } from './marks.js';
import type { Channel } from './network.js';
import { messageFor } from './pages.js';
import { availabilityOf, settingsOf, showContact, visitorConversation } from './snapshots.js';
import type { Broadcast } from './tell.js';
import { recordPage } from './visits.js';
import {
  contactOf,
  liveConversation,
  type StoredConversation,
  type Workspace,
} from './workspace.js';

/** The topic of one visitor: only their live conversation, in public numbers. */
export function createVisitorChannel(
  workspace: Workspace,
  acts: Acts,
  broadcast: Broadcast,
): (id: string) => Channel<Caller> {
  function joined(id: string, { since }: VisitorJoin): VisitorJoined {
    const live = liveConversation(workspace, id);
    return {
      contact: showContact(workspace, contactOf(workspace, id)),
      conversation: live ? visitorConversation(workspace, live) : null,
      messages: live ? joinPage('visitor', live, since) : null,
      settings: settingsOf(workspace),
      availability: availabilityOf(workspace),
      serverTime: workspace.now(),
    };
  }

  function liveOf(contactId: string, conversationId: string): StoredConversation {
    const live = liveConversation(workspace, contactId);
    if (live?.id !== conversationId) throw new CodedError('conversation_not_found');
    return live;
  }

  const handlers: Handlers<string> = {
    [events.snapshotGet]: (payload, contactId) => joined(contactId, payload as VisitorJoin),
    [events.messageSend](payload, contactId) {
      const { clientId, text, attachmentIds, shown } = payload as VisitorMessageSend;
      const stored = acts.visitorWrites(contactId, clientId, text, attachmentIds, shown);
      return { message: messageFor('visitor', stored) };
    },
    [events.filesSign]: (payload, contactId) =>
      signFiles(workspace, { type: 'visitor', contactId }, (payload as FilesSign).ids),
    [events.messagesList](payload, contactId) {
      const query = payload as MessagesList;
      return listMessages('visitor', liveOf(contactId, query.conversationId), query);
    },
    [events.mark](payload, contactId) {
      const { conversationId, ...mark } = payload as MarkSet;
      liveOf(contactId, conversationId);
      return marksFor('visitor', acts.raiseMark(conversationId, { contact: true }, mark));
    },
    [events.typing](payload, contactId) {
      const { typing } = payload as VisitorTypingSet;
      const live = liveConversation(workspace, contactId);
      const { id, name, avatarUrl } = contactOf(workspace, contactId);
      const shown: Typing = {
        author: { type: 'contact', id, name, avatarUrl },
        typing,
        ttlMs: limits.typingTtlMs,
      };
      if (live) broadcast(topics.conversation(live.id), events.typing, shown);
      return {};
    },
    [events.pageView](payload, contactId) {
      const visit = recordPage(workspace, contactId, payload as PageViewPush);
      const live = liveConversation(workspace, contactId);
      if (live) broadcast(topics.conversation(live.id), events.visitChanged, { visit });
      return {};
    },
    [events.contactData](payload, contactId) {
      acts.setContactData(contactId, payload as ContactData);
      return {};
    },
    [events.formSubmit](payload, contactId) {
      acts.submitForm(contactId, payload as FormSubmit);
      return { contact: showContact(workspace, contactOf(workspace, contactId)) };
    },
    [events.ratingSet](payload, contactId) {
      acts.rate(contactId, payload as RatingSet);
      const live = liveConversation(workspace, contactId);
      return { conversation: live ? visitorConversation(workspace, live) : null };
    },
    [events.groupChoose](payload, contactId) {
      acts.chooseGroup(contactId, (payload as GroupChoose).groupId);
      return {};
    },
    [events.conversationRestart](_payload, contactId) {
      acts.restart(contactId);
      return {};
    },
  };

  return (id) => ({
    join({ caller }, payload) {
      if (caller.type !== 'visitor' || caller.contactId !== id) return refuse('forbidden');
      return { ok: joined(id, payload as VisitorJoin) };
    },
    handle: (context, event, payload) => handle(handlers, event, payload, id, context),
  });
}
