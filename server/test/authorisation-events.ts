import type { TopicKind } from '#kit/protocol/topics.js';
import { clientId } from './app-fixture.js';
import type { CallerName, Cast, Outcome } from './authorisation-cast.js';

export type Row = Record<CallerName, Outcome>;

export interface EventRow {
  outcome: Row;
  payload(cast: Cast, name: CallerName): object;
  /** What it is done to is gone after: each caller tries it on a conversation made for it. */
  fresh?: boolean;
  /** What it is done to is needed by the rows after it. */
  undo?(cast: Cast): Promise<unknown>;
}

const noSocket = {
  banned: 'no socket',
  expired: 'no socket',
  expiredAgent: 'no socket',
  revoked: 'no socket',
  revokedAgent: 'no socket',
  nobody: 'no socket',
} as const;

export const joinRows: Record<TopicKind, Row> = {
  visitor: {
    owner: 'forbidden',
    admin: 'forbidden',
    agent: 'forbidden',
    stranger: 'forbidden',
    visitor: 'ok',
    otherVisitor: 'forbidden',
    ...noSocket,
  },
  inbox: {
    owner: 'ok',
    admin: 'ok',
    agent: 'ok',
    stranger: 'forbidden',
    visitor: 'forbidden',
    otherVisitor: 'forbidden',
    ...noSocket,
  },
  conversation: {
    owner: 'ok',
    admin: 'ok',
    agent: 'ok',
    stranger: 'conversation_not_found',
    visitor: 'forbidden',
    otherVisitor: 'forbidden',
    ...noSocket,
  },
};

/** Who has not joined is answered as Phoenix does, whatever the event. */
const notJoined = 'unmatched topic';

const visitorOnly: Row = {
  owner: notJoined,
  admin: notJoined,
  agent: notJoined,
  stranger: notJoined,
  visitor: 'ok',
  otherVisitor: notJoined,
  ...noSocket,
};
const agentsOnly: Row = {
  owner: 'ok',
  admin: 'ok',
  agent: 'ok',
  stranger: notJoined,
  visitor: notJoined,
  otherVisitor: notJoined,
  ...noSocket,
};
/** Owners and admins (S4.7). */
const managersOnly: Row = { ...agentsOnly, agent: 'forbidden' };
/** A message of the owner's. */
const authorOnly: Row = { ...agentsOnly, admin: 'not_author', agent: 'not_author' };

/** Whoever may do it is told that the thing is not there. */
const unknownTo = (row: Row, code: Outcome): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, outcome]) => [name, outcome === 'ok' ? code : outcome]),
  ) as Row;

const nothing = () => ({});
const text = 'A message';

export const eventRows: Record<TopicKind, Record<string, EventRow>> = {
  visitor: {
    'snapshot:get': { outcome: visitorOnly, payload: nothing },
    'files:sign': { outcome: visitorOnly, payload: () => ({ ids: ['at_unknown'] }) },
    'message:send': { outcome: visitorOnly, payload: () => ({ clientId: clientId(), text }) },
    'messages:list': { outcome: visitorOnly, payload: ({ own }) => ({ conversationId: own }) },
    mark: { outcome: visitorOnly, payload: ({ own }) => ({ conversationId: own, read: 2 }) },
    typing: { outcome: visitorOnly, payload: () => ({ typing: true }) },
    'contact:data': {
      outcome: visitorOnly,
      payload: () => ({ how: 'set', data: [{ key: 'Plan', value: 'Pro' }] }),
    },
    // The workspace asks nothing, so there is nothing to answer.
    'form:submit': { outcome: visitorOnly, payload: () => ({ values: {}, consents: {} }) },
    'rating:set': { outcome: visitorOnly, payload: () => ({ score: 4, comment: 'Good' }) },
    'group:choose': { outcome: visitorOnly, payload: () => ({ groupId: null }) },
    'conversation:restart': {
      outcome: visitorOnly,
      payload: nothing,
      undo: ({ fixture, own }) =>
        fixture.storage.conversations.update(own, { live: true, state: 'open', closedAt: null }),
    },
    'page:view': {
      outcome: visitorOnly,
      payload: () => ({ url: 'https://shop.example/', title: 'Shop' }),
    },
  },
  inbox: {
    'snapshot:get': { outcome: agentsOnly, payload: nothing },
    'conversations:list': {
      outcome: agentsOnly,
      payload: () => ({ view: { name: 'all', state: 'open', channel: 'all', order: 'newest' } }),
    },
    'conversations:search': { outcome: agentsOnly, payload: () => ({ query: 'hello' }) },
    'conversations:close': { outcome: agentsOnly, payload: ({ own }) => ({ ids: [own] }) },
    'conversations:reopen': { outcome: agentsOnly, payload: ({ own }) => ({ ids: [own] }) },
    'conversations:delete': { outcome: agentsOnly, payload: () => ({ ids: ['cv_unknown'] }) },
    'contacts:find': { outcome: agentsOnly, payload: () => ({ query: 'hello' }) },
    'contacts:blocked': { outcome: agentsOnly, payload: nothing },
    'contact:lift': { outcome: agentsOnly, payload: ({ contactId }) => ({ contactId }) },
    // This server sends no mail; what it does where one does is in emails.test.ts.
    'conversation:start': {
      outcome: unknownTo(agentsOnly, 'mail_not_configured'),
      payload: () => ({
        clientId: clientId(),
        to: { email: 'somebody@shop.example' },
        subject: 'Hello',
        text,
      }),
    },
    'reply:save': {
      outcome: agentsOnly,
      payload: (_cast, name) => ({ shortcut: `hi-${name}`, text, shared: false }),
    },
    // There is no such reply, which only those in the workspace are told.
    'reply:delete': {
      outcome: unknownTo(agentsOnly, 'reply_not_found'),
      payload: () => ({ id: 'sr_unknown' }),
    },
    'template:save': {
      outcome: agentsOnly,
      payload: () => ({ name: 'Welcome', subject: 'Welcome', body: text }),
    },
    'template:delete': {
      outcome: unknownTo(agentsOnly, 'template_not_found'),
      payload: () => ({ id: 'tp_unknown' }),
    },
    'agent:status': { outcome: agentsOnly, payload: () => ({ status: 'invisible' }) },
    'agent:preferences': { outcome: agentsOnly, payload: () => ({ sound: 'all' }) },
    'agent:hours': { outcome: agentsOnly, payload: () => ({ hours: null }) },
    'group:save': {
      outcome: managersOnly,
      payload: (_cast, name) => ({
        name: `Group of ${name}`,
        names: {},
        private: false,
        memberIds: [],
      }),
    },
    'group:delete': {
      outcome: unknownTo(managersOnly, 'group_not_found'),
      payload: () => ({ id: 'gr_unknown' }),
    },
  },
  conversation: {
    'snapshot:get': { outcome: agentsOnly, payload: nothing },
    'files:sign': { outcome: agentsOnly, payload: () => ({ ids: ['at_unknown'] }) },
    'message:send': {
      outcome: agentsOnly,
      payload: () => ({ clientId: clientId(), kind: 'comment', text }),
    },
    'message:edit': {
      outcome: authorOnly,
      payload: ({ message }) => ({ messageId: message.owner, text: 'Edited' }),
    },
    'message:delete': {
      outcome: authorOnly,
      payload: ({ message }) => ({ messageId: message.stranger }),
    },
    'messages:list': { outcome: agentsOnly, payload: ({ own }) => ({ conversationId: own }) },
    mark: { outcome: agentsOnly, payload: ({ own }) => ({ conversationId: own, read: 2 }) },
    typing: { outcome: agentsOnly, payload: () => ({ typing: true, kind: 'reply' }) },
    'conversation:assign': { outcome: agentsOnly, payload: () => ({ assigneeIds: [] }) },
    'conversation:assign-group': { outcome: agentsOnly, payload: () => ({ groupId: null }) },
    'conversation:close': { outcome: agentsOnly, payload: nothing },
    'conversation:reopen': { outcome: agentsOnly, payload: nothing },
    'conversation:delete': { outcome: agentsOnly, payload: nothing, fresh: true },
    'contact:earlier': { outcome: agentsOnly, payload: nothing },
    'contact:update': { outcome: agentsOnly, payload: () => ({ name: 'Ada' }) },
    'email:retry': {
      outcome: unknownTo(agentsOnly, 'message_not_found'),
      payload: ({ message }) => ({ messageId: message.owner }),
    },
    'contact:block': { outcome: agentsOnly, payload: () => ({ address: false }) },
    'contact:unblock': { outcome: agentsOnly, payload: nothing },
  },
};
