import type { TopicKind } from '#kit/protocol/topics.js';
import { clientId } from './app-fixture.js';
import type { CallerName, Cast, Outcome } from './authorisation-cast.js';

export type Row = Record<CallerName, Outcome>;

export interface EventRow {
  outcome: Row;
  payload(cast: Cast, name: CallerName): object;
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
/** A message of the owner's. */
const authorOnly: Row = { ...agentsOnly, admin: 'not_author', agent: 'not_author' };

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
    'agent:status': { outcome: agentsOnly, payload: () => ({ status: 'invisible' }) },
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
    'conversation:close': { outcome: agentsOnly, payload: nothing },
    'conversation:reopen': { outcome: agentsOnly, payload: nothing },
    'contact:update': { outcome: agentsOnly, payload: () => ({ name: 'Ada' }) },
    'contact:block': { outcome: agentsOnly, payload: () => ({ address: false }) },
    'contact:unblock': { outcome: agentsOnly, payload: nothing },
  },
};
