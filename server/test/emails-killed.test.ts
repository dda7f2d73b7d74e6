import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type * as p from '#kit/protocol/payloads.js';
import { readyFolder, type TestFolder } from '../src/adapters/postgres/testing/data-folder.js';
import { clientId } from './app-fixture.js';
import { ServerProcess } from './chaos/server-process.js';
import { MailServer } from './mail-server.js';
import { RawSocket } from './raw-socket.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('a server that is killed while it hands emails over', () => {
  const mail = new MailServer();
  let folder: TestFolder;
  let clock: string;
  let server: ServerProcess;

  before(async () => {
    folder = await readyFolder();
    clock = join(folder.path, 'behind-ms');
    // An hour ago: after the restart the clock is right, and every lease is over.
    await writeFile(clock, '3600000');
    await mail.start();
    server = new ServerProcess({
      fromSource: true,
      environment: {
        DATA_DIR: folder.path,
        SMTP_URL: mail.url,
        MAIL_FROM: 'mail@shop.example',
        CLOCK_FILE: clock,
        NODE_OPTIONS: `--import=${new URL('../../scripts/past-clock.mjs', import.meta.url).href}`,
      },
    });
    await server.start();
  });
  after(async () => {
    await server.stop();
    await mail.stop();
    await folder.remove();
  });

  it('no email is lost, and only the one that was taken unanswered comes twice', async () => {
    const { inbox, workspaceId } = await signIn();
    mail.answer = (to) => (to === 'early@kunde.example' ? never() : null);
    mail.beforeTaken = () => never();
    const send = async (email: string) =>
      (
        await inbox.push<p.ConversationReply>(`inbox:${workspaceId}`, 'conversation:start', {
          clientId: clientId(),
          to: { email },
          subject: 'Hello',
          text: 'Hello',
        })
      ).conversation.id;
    const ids = [await send('early@kunde.example'), await send('late@kunde.example')];
    await mail.wasAsked('early@kunde.example');
    await mail.to('late@kunde.example');
    await server.kill();

    mail.answer = () => null;
    mail.beforeTaken = () => Promise.resolve();
    await writeFile(clock, '0');
    await server.start();
    await mail.has(3);
    const again = await signIn();
    for (const id of ids) await stateBecomes(again.inbox, `conversation:${id}`, 'sent');
    const sentTo = (to: string) =>
      mail.arrived
        .filter(({ envelope }) => envelope.to[0] === to)
        .map(({ email }) => email.messageId);
    assert.equal(sentTo('early@kunde.example').length, 1);
    const [first, second, ...others] = sentTo('late@kunde.example');
    assert.deepEqual(others, []);
    // Mail programs show it once.
    assert.equal(first, second);
    await again.inbox.close();
  });

  let code: string | undefined;
  let cookie = '';

  /** By the link that the server printed first. */
  async function signIn(): Promise<{ inbox: RawSocket; workspaceId: string }> {
    const url = `http://127.0.0.1:${server.port}`;
    const headers = { 'content-type': 'application/json', origin: url };
    if (code === undefined) {
      // It is printed after the address that the start waits for.
      while (code === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        code = /#code=(\S+)/.exec(server.output)?.[1];
      }
      const body = JSON.stringify({ code });
      const reply = await fetch(`${url}/v1/agent/sign-in-link`, { method: 'POST', headers, body });
      cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
    }
    const reply = await fetch(`${url}/v1/agent/token`, {
      method: 'POST',
      headers: { origin: url, cookie },
    });
    const { token, workspaceId } = (await reply.json()) as { token: string; workspaceId: string };
    const inbox = await RawSocket.open(url, token);
    await inbox.join(`inbox:${workspaceId}`);
    return { inbox, workspaceId };
  }

  async function stateBecomes(socket: RawSocket, thread: string, state: string): Promise<void> {
    const { messages } = await socket.join<p.ConversationJoined>(thread);
    if (messages.messages.some(({ email }) => email?.state === state)) return;
    const fits = ({ message }: p.MessageStored) => message.email?.state === state;
    await socket.next<p.MessageStored>(thread, 'message:changed', fits);
  }
});
