import type { TSchema } from 'typebox';
import { events, type EventName } from './events.js';
import * as p from './payloads.js';
import { CountsSchema } from './schemas.js';
import type { TopicKind } from './topics.js';

/** One push of a client: what it carries and what an ok reply holds. */
export interface ClientPush {
  readonly payload: TSchema;
  readonly reply: TSchema;
  readonly summary: string;
}

export interface ServerPush {
  readonly payload: TSchema;
  readonly summary: string;
}

export interface TopicContract {
  readonly topic: string;
  readonly who: string;
  readonly presence: boolean;
  readonly join: { readonly payload: TSchema; readonly reply: TSchema };
  readonly client: Partial<Record<EventName, ClientPush>>;
  readonly server: Partial<Record<EventName, ServerPush>>;
}

/** What a join's reply holds, once more without a join: for another tab on the same socket. */
const snapshotGet = (join: TopicContract['join']): ClientPush => ({
  ...join,
  summary: 'The join’s reply once more, after the given cursor.',
});
const filesSign: ClientPush = {
  payload: p.FilesSign,
  reply: p.FilesSigned,
  summary: 'Short-lived addresses of files of this conversation.',
};
const visitorJoin = { payload: p.VisitorJoin, reply: p.VisitorJoined };
const inboxJoin = { payload: p.InboxJoin, reply: p.InboxJoined };
const conversationJoin = { payload: p.ConversationJoin, reply: p.ConversationJoined };

/** The whole wire contract. The server validates by it; the documents are generated from it. */
export const contract: Record<TopicKind, TopicContract> = {
  visitor: {
    topic: 'visitor:{contactId}',
    who: 'The visitor whose token names that contact.',
    presence: false,
    join: visitorJoin,
    client: {
      [events.snapshotGet]: snapshotGet(visitorJoin),
      [events.filesSign]: filesSign,
      [events.messageSend]: {
        payload: p.VisitorMessageSend,
        reply: p.MessageStored,
        summary: 'Write a message. Starts or reopens the live conversation.',
      },
      [events.messagesList]: {
        payload: p.MessagesList,
        reply: p.MessagePage,
        summary: 'Older messages, or what changed after a cursor.',
      },
      [events.mark]: {
        payload: p.MarkSet,
        reply: p.Marks,
        summary: 'How far the visitor has received and read.',
      },
      [events.typing]: {
        payload: p.VisitorTypingSet,
        reply: p.Empty,
        summary: 'The visitor writes, or stopped.',
      },
      [events.pageView]: {
        payload: p.PageViewPush,
        reply: p.Empty,
        summary: 'The visitor sees a page.',
      },
      [events.contactData]: {
        payload: p.ContactData,
        reply: p.Empty,
        summary: 'What the page knows of its visitor, for agents to read.',
      },
      [events.formSubmit]: {
        payload: p.FormSubmit,
        reply: p.VisitorContactReply,
        summary: 'Answers to the contact form. Those to other questions are refused.',
      },
      [events.ratingSet]: {
        payload: p.RatingSet,
        reply: p.VisitorConversationChanged,
        summary: 'Rate the live conversation, or change its rating.',
      },
      [events.groupChoose]: {
        payload: p.GroupChoose,
        reply: p.Empty,
        summary:
          'The group that the visitor wants to talk to: of the live conversation, or of the next one. Null: not sure.',
      },
      [events.conversationRestart]: {
        payload: p.Empty,
        reply: p.Empty,
        summary: 'End the live conversation; the next message starts a new one.',
      },
    },
    server: {
      [events.contactChanged]: {
        payload: p.VisitorContactReply,
        summary: 'What the visitor is told of their own contact, whole.',
      },
      [events.messageChanged]: {
        payload: p.MessageStored,
        summary: 'A message is new, edited or deleted. Numbers are public ones.',
      },
      [events.conversationChanged]: {
        payload: p.VisitorConversationChanged,
        summary: 'The live conversation as it is now, whole; null when there is none.',
      },
      [events.marks]: { payload: p.Marks, summary: 'How far both sides have come.' },
      [events.typing]: { payload: p.Typing, summary: 'An agent writes a reply, or stopped.' },
      [events.availability]: { payload: p.AvailabilityChanged, summary: 'Who is there to answer.' },
      [events.settings]: { payload: p.SettingsChanged, summary: 'The widget’s settings, whole.' },
    },
  },
  inbox: {
    topic: 'inbox:{workspaceId}',
    who: 'Agents of the workspace.',
    presence: true,
    join: inboxJoin,
    client: {
      [events.snapshotGet]: snapshotGet(inboxJoin),
      [events.conversationsList]: {
        payload: p.ConversationsList,
        reply: p.ConversationWindow,
        summary: 'A window of a view, after a card or from the start.',
      },
      [events.conversationsSearch]: {
        payload: p.ConversationsSearch,
        reply: p.SearchWindow,
        summary: 'Conversations in which all words are found, the most active first.',
      },
      [events.conversationsClose]: {
        payload: p.ConversationsBulk,
        reply: p.BulkDone,
        summary: 'Close several.',
      },
      [events.conversationsReopen]: {
        payload: p.ConversationsBulk,
        reply: p.BulkDone,
        summary: 'Open several again.',
      },
      [events.conversationsDelete]: {
        payload: p.ConversationsBulk,
        reply: p.BulkDone,
        summary: 'Delete several with all their messages and files.',
      },
      [events.conversationStart]: {
        payload: p.ConversationStart,
        reply: p.ConversationReply,
        summary: 'Write an email to somebody. The same clientId again gives the same conversation.',
      },
      [events.contactsFind]: {
        payload: p.ContactsFind,
        reply: p.ContactsFound,
        summary: 'Contacts by the beginning of a name or address.',
      },
      [events.contactsBlocked]: {
        payload: p.ContactsBlocked,
        reply: p.BlockedContacts,
        summary: 'Contacts that may not write.',
      },
      [events.contactLift]: {
        payload: p.ContactLift,
        reply: p.Empty,
        summary: 'Lift the block of a contact and of its address.',
      },
      [events.agentStatus]: {
        payload: p.AgentStatusSet,
        reply: p.MeReply,
        summary: 'Choose to be online, offline or invisible.',
      },
      [events.agentPreferences]: {
        payload: p.AgentPreferences,
        reply: p.MeReply,
        summary: 'How this agent works; what is missing stays.',
      },
      [events.agentHours]: {
        payload: p.AgentHours,
        reply: p.MeReply,
        summary: 'The hours of this agent’s week.',
      },
      [events.groupSave]: {
        payload: p.GroupSave,
        reply: p.GroupReply,
        summary: 'Make or change a group. Owners and admins.',
      },
      [events.groupDelete]: {
        payload: p.ById,
        reply: p.Empty,
        summary: 'Delete a group; its conversations have none then. Owners and admins.',
      },
      [events.replySave]: {
        payload: p.ReplySave,
        reply: p.ReplySaved,
        summary: 'Make or change a saved reply; shared ones by their maker, owners and admins.',
      },
      [events.replyDelete]: {
        payload: p.ById,
        reply: p.Empty,
        summary: 'Delete a saved reply.',
      },
      [events.templateSave]: {
        payload: p.TemplateSave,
        reply: p.TemplateSaved,
        summary: 'Make or change an email template.',
      },
      [events.templateDelete]: {
        payload: p.ById,
        reply: p.Empty,
        summary: 'Delete an email template.',
      },
    },
    server: {
      [events.conversationChanged]: {
        payload: p.ConversationReply,
        summary: 'A conversation as it is now, whole.',
      },
      [events.conversationRemoved]: {
        payload: p.ConversationRemoved,
        summary: 'A conversation was deleted.',
      },
      [events.groupsChanged]: { payload: p.GroupsChanged, summary: 'All groups as they are now.' },
      [events.repliesChanged]: {
        payload: p.RepliesChanged,
        summary: 'A shared saved reply was made, changed or deleted.',
      },
      [events.templatesChanged]: {
        payload: p.TemplatesChanged,
        summary: 'An email template was made, changed or deleted.',
      },
      [events.counts]: {
        payload: CountsSchema,
        summary: 'Open conversations per view, at most once a second.',
      },
      [events.agentChanged]: { payload: p.AgentChanged, summary: 'An agent as it is now, whole.' },
      [events.agentRemoved]: {
        payload: p.AgentRemoved,
        summary: 'An agent left the workspace; conversations name them no more.',
      },
      [events.meChanged]: {
        payload: p.MeReply,
        summary: 'What this agent changed of themselves in another window, whole.',
      },
      [events.settings]: {
        payload: p.InboxSettingsChanged,
        summary: 'What the inbox obeys of the workspace’s settings, whole.',
      },
    },
  },
  conversation: {
    topic: 'conversation:{conversationId}',
    who: 'Agents of the conversation’s workspace.',
    presence: true,
    join: conversationJoin,
    client: {
      [events.snapshotGet]: snapshotGet(conversationJoin),
      [events.filesSign]: filesSign,
      [events.messageSend]: {
        payload: p.AgentMessageSend,
        reply: p.MessageStored,
        summary: 'Write a reply or a comment. The first to reply is assigned.',
      },
      [events.messageEdit]: {
        payload: p.MessageEdit,
        reply: p.MessageStored,
        summary: 'Change the text of one’s own reply or comment.',
      },
      [events.messageDelete]: {
        payload: p.MessageDelete,
        reply: p.MessageStored,
        summary: 'Delete one’s own reply or comment; a tombstone stays.',
      },
      [events.messagesList]: {
        payload: p.MessagesList,
        reply: p.MessagePage,
        summary: 'Older messages, or what changed after a cursor.',
      },
      [events.mark]: {
        payload: p.MarkSet,
        reply: p.Marks,
        summary: 'How far this agent has read.',
      },
      [events.typing]: {
        payload: p.AgentTypingSet,
        reply: p.Empty,
        summary: 'This agent writes, or stopped.',
      },
      [events.conversationAssign]: {
        payload: p.ConversationAssign,
        reply: p.ConversationReply,
        summary: 'Set the assignees; none makes it Unassigned.',
      },
      [events.conversationClose]: {
        payload: p.Empty,
        reply: p.ConversationReply,
        summary: 'Close it.',
      },
      [events.conversationReopen]: {
        payload: p.Empty,
        reply: p.ConversationReply,
        summary: 'Open it again.',
      },
      [events.conversationAssignGroup]: {
        payload: p.ConversationAssignGroup,
        reply: p.ConversationReply,
        summary: 'Give it to a group, or to none.',
      },
      [events.conversationDelete]: {
        payload: p.Empty,
        reply: p.Empty,
        summary: 'Delete it with all its messages and files.',
      },
      [events.emailRetry]: {
        payload: p.MessageDelete,
        reply: p.MessageStored,
        summary: 'Hand a reply over to the mail server once more.',
      },
      [events.contactEarlier]: {
        payload: p.ContactEarlier,
        reply: p.ConversationWindow,
        summary: 'Earlier conversations with the same contact.',
      },
      [events.contactUpdate]: {
        payload: p.ContactUpdate,
        reply: p.ContactReply,
        summary: 'Change the named fields of the contact; the others stay.',
      },
      [events.contactBlock]: {
        payload: p.ContactBlocking,
        reply: p.ContactReply,
        summary: 'The contact can write no more.',
      },
      [events.contactUnblock]: {
        payload: p.Empty,
        reply: p.ContactReply,
        summary: 'Lift the block of the contact and of its address.',
      },
    },
    server: {
      [events.messageChanged]: {
        payload: p.MessageStored,
        summary: 'A message is new, edited or deleted, comments included.',
      },
      [events.conversationChanged]: {
        payload: p.ConversationReply,
        summary: 'The conversation as it is now, whole.',
      },
      [events.conversationRemoved]: {
        payload: p.ConversationRemoved,
        summary: 'The conversation was deleted.',
      },
      [events.contactChanged]: {
        payload: p.ContactReply,
        summary: 'The contact as it is now, whole.',
      },
      [events.visitChanged]: {
        payload: p.VisitChanged,
        summary: 'The contact’s latest visit, whole.',
      },
      [events.marks]: { payload: p.Marks, summary: 'How far both sides have come.' },
      [events.typing]: { payload: p.Typing, summary: 'The contact or another agent writes.' },
    },
  },
};
