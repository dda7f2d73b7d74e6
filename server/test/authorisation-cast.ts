import type { EventName } from '#kit/protocol/events.js';
import type { TopicKind } from '#kit/protocol/topics.js';
import { createTokens } from '../src/auth/tokens.js';
import type { AgentRecord } from '../src/ports.js';
import { blockContact } from '../src/usecases/block-contact.js';
import { createSignInLink } from '../src/usecases/create-sign-in-link.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { agentCaller, clientId, startFixture, testSecret, type Fixture } from './app-fixture.js';
import { PushRefused, RawSocket } from './raw-socket.js';
import { Browser, call } from './security-fixture.js';

/** Everybody who could try. */
export const callers = [
  'owner',
  'admin',
  'agent',
  /** An agent of another workspace. */
  'stranger',
  'visitor',
  'otherVisitor',
  'banned',
  /** A visitor whose tokens have expired, or an agent whose session has. */
  'expired',
  'expiredAgent',
  /** Signed out: the tokens would still be good. */
  'revoked',
  'revokedAgent',
  'nobody',
] as const;
export type CallerName = (typeof callers)[number];

type AgentName = Extract<CallerName, 'owner' | 'admin' | 'agent' | 'stranger'>;

/** What a caller holds. */
interface Credentials {
  channelToken: string;
  cookie: string | null;
  visitorToken: string | null;
}

const nothing: Credentials = { channelToken: '', cookie: null, visitorToken: null };

/** The outcome of an act: `ok`, or the code that it was refused with. */
export type Outcome = string;

export interface Cast {
  fixture: Fixture;
  /** The conversation that the tables are about, and another one of the same workspace. */
  own: string;
  theirs: string;
  contactId: string;
  /** A message of each agent in `own`, and one in `theirs` by the owner. */
  message: Record<AgentName, string>;
  credentials: Record<CallerName, Credentials>;
  opens(name: CallerName): Promise<boolean>;
  /** By another visitor of the same workspace. */
  newConversation(): Promise<string>;
  /** On the topic of that kind that the tables are about, or of the id given. */
  join(name: CallerName, kind: TopicKind, id?: string): Promise<Outcome>;
  push(
    name: CallerName,
    kind: TopicKind,
    event: string,
    payload: object,
    id?: string,
  ): Promise<Outcome>;
  /** On the caller's own topic: of a visitor, of the other conversation. */
  joinOwn(name: CallerName, kind: TopicKind): Promise<void>;
  pushOwn(name: CallerName, kind: TopicKind, event: string, payload: object): Promise<Outcome>;
  pushElsewhere(name: CallerName, event: string, payload: object): Promise<Outcome>;
  /** All that an act could change. */
  digest(): Promise<string>;
  close(): Promise<void>;
}

export async function startCast(): Promise<Cast> {
  const fixture = await startFixture({
    environment: {
      TRUST_PROXY: '1',
      METRICS_TOKEN: 'the token that Prometheus shows',
      LIMITS:
        'httpPerMinute=99999,signInsPerMinute=9999,contactsPerMinute=9999,eventsPerMinute=99999,joinsPerMinute=99999',
    },
  });
  const { app, storage, workspace, clock } = fixture;
  const other = await createWorkspace(app.ports, { name: 'Another workspace' });
  const people: Record<AgentName, AgentRecord> = {
    owner: fixture.owner,
    admin: await fixture.agent('Admin'),
    agent: await fixture.agent('Agent'),
    stranger: other.owner,
  };
  await storage.agents.update(people.admin.id, { role: 'admin' });

  const visitor = new Browser(fixture, { 'x-forwarded-for': '198.51.100.1' });
  const otherVisitor = new Browser(fixture, { 'x-forwarded-for': '198.51.100.2' });
  const banned = new Browser(fixture, { 'x-forwarded-for': '198.51.100.3' });
  const expired = new Browser(fixture, { 'x-forwarded-for': '198.51.100.4' });
  const revoked = new Browser(fixture, { 'x-forwarded-for': '198.51.100.5' });
  for (const browser of [visitor, otherVisitor, banned, expired, revoked]) await browser.come();

  const write = async ({ reply }: Browser, text: string) =>
    (
      await sendVisitorMessage(
        app.ports,
        {
          type: 'visitor',
          contactId: reply?.contactId ?? '',
          workspaceId: workspace.id,
          tokenId: 'vt_test',
        },
        { clientId: clientId(), text },
      )
    ).conversationId;
  const own = await write(visitor, 'Hello');
  const theirs = await write(otherVisitor, 'Good evening');
  const bannedConversation = await write(banned, 'Spam');
  await blockContact(app.ports, agentCaller(people.owner), bannedConversation, { address: true });

  const reply = async (name: 'owner' | 'admin' | 'agent', conversationId: string) => {
    const input = { clientId: clientId(), kind: 'reply', text: `From ${name}` } as const;
    return (await sendAgentMessage(app.ports, agentCaller(people[name]), conversationId, input)).id;
  };
  const message = {
    owner: await reply('owner', own),
    admin: await reply('admin', own),
    agent: await reply('agent', own),
    stranger: await reply('owner', own),
  };

  const signIn = async (agentId: string): Promise<Credentials> => {
    const code = await createSignInLink(app.ports, agentId);
    const signedIn = await fetch(`${fixture.url}/v1/agent/sign-in-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: fixture.url },
      body: JSON.stringify({ code }),
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const headers = { origin: fixture.url, cookie };
    const { body } = await call(fixture, 'POST', '/v1/agent/token', undefined, headers);
    return { channelToken: String(body['token']), cookie, visitorToken: null };
  };
  const kept = ({ reply: given }: Browser): Credentials => ({
    channelToken: given?.token ?? '',
    cookie: null,
    visitorToken: given?.visitorToken ?? null,
  });

  const revokedAgent = await signIn(people.agent.id);
  const signOutHeaders = { origin: fixture.url, cookie: revokedAgent.cookie ?? '' };
  await call(fixture, 'POST', '/v1/agent/sign-out', {}, signOutHeaders);
  const revokedCredentials = kept(revoked);
  await call(fixture, 'POST', '/v1/visitor/sign-out', {
    workspaceId: workspace.id,
    visitorToken: revokedCredentials.visitorToken,
  });
  const past = { now: () => clock.now() - 500 * 86_400_000 };
  const old = createTokens(testSecret, past);
  const expiredCaller = {
    type: 'visitor',
    contactId: expired.reply?.contactId ?? '',
    workspaceId: workspace.id,
    tokenId: 'vt_old',
  } as const;

  const credentials: Record<CallerName, Credentials> = {
    owner: await signIn(people.owner.id),
    admin: await signIn(people.admin.id),
    agent: await signIn(people.agent.id),
    stranger: await signIn(people.stranger.id),
    visitor: kept(visitor),
    otherVisitor: kept(otherVisitor),
    banned: kept(banned),
    expired: {
      channelToken: (await old.signChannel(expiredCaller)).token,
      cookie: null,
      visitorToken: await old.signVisitor(expiredCaller),
    },
    expiredAgent: {
      channelToken: (await old.signChannel(agentCaller(people.owner))).token,
      cookie: 'convkit_session=of-a-session-that-was-over-long-ago-and-deleted',
      visitorToken: null,
    },
    revoked: revokedCredentials,
    revokedAgent,
    nobody: nothing,
  };

  const sockets = new Map<CallerName, RawSocket | null>();
  const socketOf = async (name: CallerName): Promise<RawSocket | null> => {
    const known = sockets.get(name);
    if (known !== undefined) return known;
    const opened = await RawSocket.open(fixture.url, credentials[name].channelToken).catch(
      () => null,
    );
    sockets.set(name, opened);
    return opened;
  };
  const contactId = visitor.reply?.contactId ?? '';
  const ids: Record<TopicKind, string> = {
    visitor: contactId,
    inbox: workspace.id,
    conversation: own,
  };
  const topicOf = (kind: TopicKind, id = ids[kind]): string => `${kind}:${id}`;
  const ownTopic = (name: CallerName, kind: TopicKind): string =>
    kind === 'visitor' && name === 'otherVisitor'
      ? `visitor:${otherVisitor.reply?.contactId ?? ''}`
      : `conversation:${theirs}`;
  const outcomeOf = async (
    name: CallerName,
    work: (socket: RawSocket) => Promise<unknown>,
  ): Promise<Outcome> => {
    const socket = await socketOf(name);
    if (!socket) return 'no socket';
    try {
      await work(socket);
      return 'ok';
    } catch (fault) {
      if (!(fault instanceof PushRefused)) throw fault;
      return String(fault.payload['code'] ?? fault.payload['reason']);
    }
  };

  return {
    fixture,
    own,
    theirs,
    contactId,
    message,
    credentials,
    opens: async (name) => (await socketOf(name)) !== null,
    async newConversation() {
      const { caller } = await fixture.visitor();
      const input = { clientId: clientId(), text: 'Hello' };
      return (await sendVisitorMessage(app.ports, caller, input)).conversationId;
    },
    join: (name, kind, id) => outcomeOf(name, (socket) => socket.join(topicOf(kind, id))),
    push: (name, kind, event, payload, id) =>
      outcomeOf(name, (socket) => socket.push(topicOf(kind, id), event as EventName, payload)),
    async joinOwn(name, kind) {
      await outcomeOf(name, (socket) => socket.join(ownTopic(name, kind)));
    },
    pushOwn: (name, kind, event, payload) =>
      outcomeOf(name, (socket) => {
        const named = kind === 'visitor' ? { ...payload, conversationId: own } : payload;
        return socket.push(ownTopic(name, kind), event, named);
      }),
    pushElsewhere: (name, event, payload) =>
      outcomeOf(name, (socket) => socket.push(`conversation:${theirs}`, event, payload)),
    async digest() {
      const { conversations, contacts, visits, messages, marks } = storage;
      const inside = (conversationId: string): Promise<unknown>[] => [
        conversations.get(conversationId),
        marks.get(conversationId),
        messages.before({ conversationId, audience: 'agent', limit: 200, before: null }),
      ];
      const things = await Promise.all<unknown>([
        ...inside(own),
        ...inside(theirs),
        contacts.get(contactId),
        visits.latest(contactId),
        storage.agents.list(workspace.id),
        ...Object.values(people).map(({ id }): Promise<unknown> => storage.agents.account(id)),
        storage.workspaces.list(),
        storage.groups.list(workspace.id),
        conversations.counts(workspace.id),
      ]);
      return JSON.stringify(things, null, 1);
    },
    async close() {
      for (const socket of sockets.values()) await socket?.close();
      await fixture.close();
    },
  };
}
