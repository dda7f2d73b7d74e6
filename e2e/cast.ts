import type { SessionState } from './fixtures.js';
import {
  clientId,
  peerAgent,
  peerVisitor,
  post,
  type Channel,
  type PeerAgent,
  type PeerVisitor,
} from './peer.js';
import type { Server } from './server.js';
import { hostSecret, signature, trust } from './signed.js';

/** Id of the workspace whose widget stands in the shop. */
export async function workspaceOf(origin: string): Promise<string> {
  const html = await (await fetch(origin)).text();
  return /<chat-widget workspace="([^"]+)"/.exec(html)?.[1] ?? '';
}

/** The agent of a session, in one more place. */
export function agentOf(session: SessionState, origin: string): Promise<PeerAgent> {
  return peerAgent(origin, session.cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
}

/** Makes an agent whose name is of no other one, and gives the one-time link to sign in. */
export async function invite(server: Server, name: string): Promise<string> {
  const workspaceId = await workspaceOf(server.origin);
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@fjordcykel.example`;
  const output = await server.command('create-agent', workspaceId, email, '--name', name);
  return /(https?:\S+#code=\S+)/.exec(output)?.[1] ?? '';
}

/** Another agent, made and signed in by the one-time link; their name is of no other one. */
export async function newAgent(server: Server, name: string): Promise<PeerAgent> {
  const code = /#code=(\S+)/.exec(await invite(server, name))?.[1] ?? '';
  const response = await fetch(`${server.origin}/v1/agent/sign-in-link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.origin },
    body: JSON.stringify({ code }),
  });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return peerAgent(server.origin, cookies.join('; '));
}

export interface Message {
  id: string;
  conversationId: string;
}

/** Sends on a joined topic, as a visitor or, with a kind, as an agent. */
export async function send(
  channel: Channel,
  text: string,
  kind?: 'reply' | 'comment',
): Promise<Message> {
  const written = { clientId: clientId(), text, ...(kind ? { kind } : {}) };
  return ((await channel.push('message:send', written)) as { message: Message }).message;
}

/** A visitor who writes; the first message makes the conversation. */
export interface Caller {
  visitor: PeerVisitor;
  conversationId: string;
  write(text: string): Promise<Message>;
}

export async function newCaller(origin: string, text: string): Promise<Caller> {
  const visitor = await peerVisitor(origin, await workspaceOf(origin));
  const { conversationId } = await send(visitor.channel, text);
  return { visitor, conversationId, write: (more) => send(visitor.channel, more) };
}

/** The same person in several browsers, as a host tells that signs its visitors. */
export async function identify(
  server: Server,
  id: string,
  visitors: readonly PeerVisitor[],
): Promise<void> {
  const workspaceId = await workspaceOf(server.origin);
  await trust(server, hostSecret);
  for (const { visitorToken } of visitors) {
    const identity = signature(id);
    await post(server.origin, '/v1/visitor/token', { workspaceId, visitorToken, identity });
  }
  await trust(server);
}
