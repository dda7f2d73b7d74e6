import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { Message } from '#kit/domain/message.js';
import type { FilesSigned } from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../src/auth/tokens.js';
import { clientId, startFixture, type Fixture } from './app-fixture.js';
import { PushRefused, RawSocket } from './raw-socket.js';
import { refusal, uploaded } from './upload.js';

/** A visitor with a conversation, and an agent who looks at it; both on real sockets. */
interface Scene {
  caller: VisitorCaller;
  token: string;
  agentToken: string;
  conversationId: string;
  visitor: Side;
  agent: Side;
}

interface Side {
  topic: string;
  send(text: string, attachmentIds?: string[], more?: object): Promise<Message>;
  sign(...ids: string[]): Promise<FilesSigned['files']>;
  socket: RawSocket;
}

describe('files of messages', () => {
  let fixture: Fixture;
  before(async () => (fixture = await startFixture()));
  after(() => fixture.close());

  const side = async (token: string, topic: string): Promise<Side> => {
    const socket = await RawSocket.open(fixture.url, token);
    await socket.join(topic);
    const isVisitor = topic.startsWith('visitor:');
    return {
      topic,
      socket,
      async send(text, attachmentIds = [], more = {}) {
        const kind = isVisitor ? {} : { kind: 'reply' };
        const payload = { clientId: clientId(), text, attachmentIds, ...kind, ...more };
        return (await socket.push<{ message: Message }>(topic, 'message:send', payload)).message;
      },
      sign: async (...ids) => (await socket.push<FilesSigned>(topic, 'files:sign', { ids })).files,
    };
  };

  const arrange = async (): Promise<Scene> => {
    const { caller, token } = await fixture.visitor();
    const agentToken = await fixture.agentToken();
    const visitor = await side(token, `visitor:${caller.contactId}`);
    const { conversationId } = await visitor.send('Hello');
    const agent = await side(agentToken, `conversation:${conversationId}`);
    return { caller, token, agentToken, conversationId, visitor, agent };
  };
  const leave = ({ visitor, agent }: Scene) =>
    Promise.all([visitor.socket.close(), agent.socket.close()]);

  const upload = (token: string, conversationId?: string, content: string | Uint8Array = 'a') =>
    uploaded(fixture.url, { token, content, conversationId, name: 'a.txt' });
  const get = (path: string | null | undefined) => fetch(`${fixture.url}${path ?? '/none'}`);
  const gone = async (path: string | null | undefined) => {
    const reply = await get(path);
    assert.equal(reply.status, 404);
    assert.equal((await refusal(reply)).code, 'file_not_found');
  };
  const code = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (fault: unknown) => (fault instanceof PushRefused ? fault.payload['code'] : fault),
    );

  it('reach the other side, and each gets addresses of its own', async () => {
    const scene = await arrange();
    const picture = await sharp({
      create: { width: 900, height: 300, channels: 3, background: 'plum' },
    })
      .png()
      .toBuffer();
    const file = await upload(scene.token, undefined, picture);
    const sent = await scene.visitor.send('', [file.id]);
    assert.deepEqual(sent.attachments, [file]);
    const { message } = await scene.agent.socket.next<{ message: Message }>(
      scene.agent.topic,
      'message:changed',
    );
    assert.deepEqual(message.attachments, [file]);

    const [forAgent] = await scene.agent.sign(file.id);
    const [forVisitor] = await scene.visitor.sign(file.id);
    assert.notEqual(forAgent?.url, forVisitor?.url);
    assert.ok(forAgent && forAgent.expiresAt - fixture.clock.now() <= 15 * 60_000);
    for (const path of [forAgent.url, forVisitor?.url]) {
      const reply = await get(path);
      assert.equal(reply.status, 200);
      assert.deepEqual(Buffer.from(await reply.arrayBuffer()), picture);
      const headers = Object.fromEntries(reply.headers);
      assert.equal(headers['content-type'], 'image/png');
      assert.equal(headers['content-length'], String(picture.length));
      assert.match(headers['content-disposition'] ?? '', /^inline; filename="a.txt.png"/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['content-security-policy'], "sandbox; default-src 'none'");
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
      assert.match(headers['cache-control'] ?? '', /^private, max-age=\d+/);
    }
    const small = await get(forVisitor?.thumbnailUrl);
    assert.equal(small.headers.get('content-type'), 'image/webp');
    const { width } = await sharp(Buffer.from(await small.arrayBuffer())).metadata();
    assert.equal(width, 480);
    await leave(scene);
  });

  it('that are no pictures are saved, never shown', async () => {
    const scene = await arrange();
    const name = 'Größe "5%" – ✓.txt';
    const content = 'plain <b>words</b>';
    const file = await uploaded(fixture.url, { token: scene.token, name, content });
    const [signed] = await scene.visitor.sign(file.id);
    assert.equal(signed?.thumbnailUrl, null);
    const reply = await get(signed.url);
    assert.equal(reply.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(
      reply.headers.get('content-disposition'),
      `attachment; filename="Gr__e _5__ _ _.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20_5%25_%20%E2%80%93%20%E2%9C%93.txt`,
    );
    await leave(scene);
  });

  it('are sent by their uploader, once, in the conversation that they were sent for', async () => {
    const scene = await arrange();
    const other = await arrange();
    const mine = await upload(scene.token);
    assert.equal(await code(other.visitor.send('x', [mine.id])), 'file_not_found');
    assert.equal(await code(scene.agent.send('x', [mine.id])), 'file_not_found');
    const ours = await upload(scene.agentToken, scene.conversationId);
    assert.equal(await code(other.agent.send('x', [ours.id])), 'file_not_found');
    assert.equal(await code(scene.visitor.send('x', [ours.id])), 'file_not_found');
    assert.equal(await code(scene.visitor.send('x', ['at_none'])), 'file_not_found');
    await scene.visitor.send('x', [mine.id]);
    assert.equal(await code(scene.visitor.send('x', [mine.id])), 'file_not_found');
    await scene.agent.send('x', [ours.id]);
    await Promise.all([leave(scene), leave(other)]);
  });

  it('come again with the same clientId, and no others do', async () => {
    const scene = await arrange();
    const [file, second] = [await upload(scene.token), await upload(scene.token)];
    const more = { clientId: clientId() };
    const first = await scene.visitor.send('x', [file.id], more);
    assert.deepEqual(await scene.visitor.send('x', [file.id], more), first);
    assert.equal(await code(scene.visitor.send('x', [second.id], more)), 'client_id_reused');
    assert.equal(await code(scene.visitor.send('x', [], more)), 'client_id_reused');
    await leave(scene);
  });

  it('let a message have no words, and are ten at most', async () => {
    const scene = await arrange();
    const files: string[] = [];
    for (let count = 0; count < 11; count++) files.push((await upload(scene.token)).id);
    assert.equal(await code(scene.visitor.send(' ')), 'message_empty');
    assert.equal(await code(scene.visitor.send('', files)), 'too_many_files');
    const sent = await scene.visitor.send(' ', files.slice(1));
    assert.equal(sent.text, '');
    assert.deepEqual(
      sent.attachments.map(({ id }) => id),
      files.slice(1),
    );
    await leave(scene);
  });

  it('of a comment are never a visitor’s, by no address and in no frame', async () => {
    const scene = await arrange();
    const secret = await upload(scene.agentToken, scene.conversationId, 'about you');
    assert.deepEqual(await scene.visitor.sign(secret.id), []);
    await scene.agent.send('look', [secret.id], { kind: 'comment' });
    await scene.visitor.send('still there?');
    assert.deepEqual(await scene.visitor.sign(secret.id), []);
    const [signed] = await scene.agent.sign(secret.id);
    assert.equal((await get(signed?.url)).status, 200);
    const stolen = fixture.app.ports.fileLinks.sign({
      id: secret.id,
      variant: 'original',
      viewer: { type: 'contact', id: scene.caller.contactId },
    });
    await gone(stolen.url);
    const reply = await scene.visitor.socket.push(scene.visitor.topic, 'messages:list', {
      conversationId: scene.conversationId,
    });
    assert.equal(JSON.stringify(reply).includes(secret.id), false);
    await leave(scene);
  });

  it('are shown to nobody else', async () => {
    const scene = await arrange();
    const other = await arrange();
    const sent = await upload(scene.token);
    await scene.visitor.send('x', [sent.id]);
    const waiting = await upload(scene.token);
    assert.deepEqual(await other.visitor.sign(sent.id, waiting.id), []);
    assert.deepEqual(await other.agent.sign(sent.id), [], 'it is of another conversation');
    assert.deepEqual(await scene.agent.sign(waiting.id), [], 'it is not sent yet');
    const own = await scene.visitor.sign(waiting.id, 'at_none', sent.id);
    assert.deepEqual(
      own.map(({ id }) => id),
      [waiting.id, sent.id],
    );
    await Promise.all([leave(scene), leave(other)]);
  });

  it('are shown by an address that is whole, for a while', async () => {
    const scene = await arrange();
    const [file, other] = [await upload(scene.token), await upload(scene.token)];
    const [signed] = await scene.visitor.sign(file.id);
    const url = signed?.url ?? '';
    assert.equal((await scene.visitor.sign(file.id))[0]?.url, url, 'browsers find it cached');
    await gone(url.replace(file.id, other.id));
    await gone(url.replace('/original', '/thumbnail'));
    await gone(url.replace(scene.caller.contactId, 'ct_other'));
    await gone(url.replace('viewer=v', 'viewer=a'));
    await gone(url.replace(/expires=(\d+)/, (_, time) => `expires=${Number(time) + 1}`));
    await gone(
      url.replace(/signature=(.)/, (_, first) => `signature=${first === '_' ? '-' : '_'}`),
    );
    const bare = await get(url.slice(0, url.indexOf('?')));
    assert.equal((await refusal(bare)).code, 'invalid_payload');
    fixture.clock.advance(16 * 60_000);
    await gone(url);
    await leave(scene);
  });

  it('are gone with their message, and with what a visitor may do', async () => {
    const scene = await arrange();
    const file = await upload(scene.agentToken, scene.conversationId);
    const message = await scene.agent.send('x', [file.id]);
    const [forVisitor] = await scene.visitor.sign(file.id);
    const [forAgent] = await scene.agent.sign(file.id);
    assert.equal((await get(forVisitor?.url)).status, 200);
    await fixture.storage.conversations.update(scene.conversationId, { live: false });
    await gone(forVisitor?.url);
    assert.equal((await get(forAgent?.url)).status, 200);
    await fixture.storage.conversations.update(scene.conversationId, { live: true });
    assert.equal((await get(forVisitor?.url)).status, 200);
    await scene.agent.socket.push(scene.agent.topic, 'message:delete', { messageId: message.id });
    await gone(forVisitor?.url);
    await gone(forAgent?.url);
    assert.deepEqual(await scene.agent.sign(file.id), []);
    await leave(scene);
  });

  it('are shown to a contact who is not blocked', async () => {
    const scene = await arrange();
    const file = await upload(scene.token);
    await scene.visitor.send('x', [file.id]);
    const [signed] = await scene.visitor.sign(file.id);
    await scene.agent.socket.push(scene.agent.topic, 'contact:block', { address: false });
    await gone(signed?.url);
    assert.equal((await scene.agent.sign(file.id)).length, 1);
    await leave(scene);
  });
});
