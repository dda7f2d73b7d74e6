import { setTimeout as pause } from 'node:timers/promises';
import { CodedError } from '#kit/protocol/errors.js';
import { createHttpApi } from '#kit/transport/http-api.js';
import { createClientIds } from '#kit/store/client-id.js';
import { systemClock } from '#kit/transport/clock.js';
import { RawSocket } from '../raw-socket.js';
import type { Cast } from './cast.js';
import { textOf, type Written } from './journal.js';

const answerMs = 30_000;
/** A server that was killed takes long to come back on a machine that others use as well. */
const giveUpMs = 300_000;
const nextClientId = createClientIds(systemClock, Math.random);

/** Sends one visitor's message four times at once on two sockets, until all say the same. */
export async function sendTwice(
  cast: Cast,
  {
    workspaceId,
    visitorToken,
    written,
  }: Record<'workspaceId' | 'visitorToken', string> & {
    written: Written;
  },
): Promise<void> {
  const key = nextClientId();
  cast.journal.named(written, key);
  const payload = { clientId: key, text: textOf(written.words) };
  await untilAcked(written, async () => {
    const server = cast.direct();
    const api = createHttpApi({ server, timeoutMs: answerMs });
    const { token, contactId } = await api.visitorToken({ workspaceId, visitorToken });
    const send = (): Promise<void> => push(server, token, `visitor:${contactId}`, payload);
    await Promise.all([send(), send()]);
  });
}

/** A comment with a file whose name nobody can guess. */
export async function sendAttached(
  cast: Cast,
  {
    workspace,
    agent,
    conversationId,
    written,
  }: Record<'agent' | 'conversationId', string> & {
    workspace: number;
    written: Written;
  },
): Promise<void> {
  const key = nextClientId();
  cast.journal.named(written, key);
  const name = `${cast.journal.word()}.txt`;
  cast.journal.secretFiles.push(name);
  await untilAcked(written, async () => {
    const server = cast.direct();
    const api = createHttpApi({ server, timeoutMs: answerMs });
    const hostToken = await cast.hostToken(workspace, agent);
    const { token } = await api.agentToken({ hostToken });
    const id = await upload(server, token, conversationId, name);
    cast.journal.secretFiles.push(id);
    await push(server, token, `conversation:${conversationId}`, {
      clientId: key,
      kind: 'comment',
      text: textOf(written.words),
      attachmentIds: [id],
    });
  });
}

async function untilAcked(written: Written, send: () => Promise<void>): Promise<void> {
  const end = performance.now() + giveUpMs;
  let fault: unknown = null;
  while (!written.acked && performance.now() < end) {
    try {
      await send();
      written.acked = true;
    } catch (error) {
      fault = error;
      await pause(50);
    }
  }
  if (!written.acked) written.refused = String(fault);
}

/** Joins and pushes the same twice at once. */
async function push(server: string, token: string, topic: string, payload: object): Promise<void> {
  const socket = await RawSocket.open(server, token);
  try {
    await inTime(socket.join(topic));
    const one = (): Promise<unknown> => socket.push(topic, 'message:send', payload);
    await inTime(Promise.all([one(), one()]));
  } finally {
    void socket.close().catch(() => undefined);
  }
}

/** The id of a file that was uploaded for a conversation. */
export async function upload(
  server: string,
  token: string,
  conversationId: string,
  name: string,
): Promise<string> {
  const body = new FormData();
  body.append('conversationId', conversationId);
  body.append('file', new Blob([`of ${name}`], { type: 'text/plain' }), name);
  const response = await fetch(`${server}/v1/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
    signal: AbortSignal.timeout(answerMs),
  });
  if (!response.ok) throw new CodedError('unavailable', { message: await response.text() });
  const reply = (await response.json()) as { attachment: { id: string } };
  return reply.attachment.id;
}

/** A socket that was cut answers nothing any more. */
function inTime<T>(reply: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CodedError('timeout')), answerMs);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
