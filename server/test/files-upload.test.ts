import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { limits } from '#kit/protocol/limits.js';
import { startFixture, type Fixture } from './app-fixture.js';
import { filesIn, post, refusal, uploaded } from './upload.js';

const megabyte = 1_048_576;

describe('uploading a file', () => {
  let fixture: Fixture;
  let folder: string;
  let token: string;

  before(async () => {
    fixture = await startFixture({
      environment: { LIMITS: 'visitorUploadsPerMinute=1000,uploadsPerMinute=1000' },
    });
    folder = fixture.filesDir;
  });
  after(() => fixture.close());

  /** A visitor, and what the store held before. */
  const arrange = async () => {
    ({ token } = await fixture.visitor());
    return filesIn(folder);
  };

  it('keeps its bytes and tells what it is', async () => {
    const before = await arrange();
    const attachment = await uploaded(fixture.url, { token, name: 'a.txt', content: 'Hello' });
    assert.deepEqual(
      { ...attachment, id: '' },
      { id: '', name: 'a.txt', size: 5, mediaType: 'text/plain', image: null },
    );
    assert.equal((await filesIn(folder)).length, before.length + 1);
  });

  it('makes a thumbnail of a picture, upright', async () => {
    await arrange();
    const content = await sharp({
      create: { width: 800, height: 400, channels: 3, background: 'teal' },
    })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const attachment = await uploaded(fixture.url, { token, name: 'photo', content });
    assert.equal(attachment.name, 'photo.jpg');
    assert.deepEqual(attachment.image, { width: 400, height: 800 });
    const thumbnail = await fixture.app.ports.files.get(attachment.id, 'thumbnail');
    assert.ok(thumbnail);
    const bytes = Buffer.concat((await thumbnail.content.toArray()) as Buffer[]);
    const { format, width, height, exif, orientation } = await sharp(bytes).metadata();
    assert.deepEqual(
      { format, width, height, exif, orientation },
      {
        format: 'webp',
        width: 240,
        height: 480,
        exif: undefined,
        orientation: undefined,
      },
    );
  });

  it('of exactly the greatest size is taken', async () => {
    await arrange();
    const content = Buffer.alloc(limits.fileSize, 'a');
    const attachment = await uploaded(fixture.url, { token, content });
    assert.equal(attachment.size, limits.fileSize);
  });

  describe('is refused and leaves nothing', () => {
    let before: string[];
    const arrangeOnce = async () => {
      before = await arrange();
    };
    afterEach(async () => {
      assert.deepEqual((await filesIn(folder)).sort(), before.sort());
      const waiting = await fixture.storage.attachments.waiting({
        type: 'contact',
        id: contactOf(token),
      });
      assert.equal(waiting.count, 0);
    });

    it('11 MB that say so', async () => {
      await arrangeOnce();
      const reply = await post(fixture.url, { token, content: Buffer.alloc(11 * megabyte, 'a') });
      assert.equal(reply.status, 413);
      assert.equal((await refusal(reply)).code, 'file_too_large');
    });

    it('one byte too many', async () => {
      await arrangeOnce();
      const content = Buffer.alloc(limits.fileSize + 1, 'a');
      const reply = await post(fixture.url, { token, content });
      assert.equal((await refusal(reply)).code, 'file_too_large');
    });

    it('11 MB that do not say so', async () => {
      await arrangeOnce();
      const reply = await fetch(`${fixture.url}/v1/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'multipart/form-data; boundary=x',
        },
        body: Readable.toWeb(Readable.from(bodyOf(11))) as ReadableStream,
        duplex: 'half',
      } as RequestInit);
      assert.equal((await refusal(reply)).code, 'file_too_large');
    });

    for (const [what, name, content, code] of [
      ['no bytes', 'a.txt', '', 'file_empty'],
      ['a program', 'photo.png', `MZ${'\0'.repeat(200)}`, 'file_type_refused'],
      ['a page', 'photo.png', '<!doctype html><script>alert(1)</script>', 'file_type_refused'],
      ['remarks alone', 'a.txt', '<!---->'.repeat(1_000), 'file_type_refused'],
      ['a page after a remark', 'a.txt', '\n<!-- hi --> <p>hello', 'file_type_refused'],
      [
        'a picture in markup',
        'a.svg',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        'file_type_refused',
      ],
      ['XML', 'a.txt', '<?xml version="1.0"?><a/>', 'file_type_refused'],
      ['bytes that are no text', 'a.txt', Buffer.from([0xff, 0xc0, 0x41]), 'file_type_refused'],
      ['text with controls', 'a.txt', 'a\u0007b', 'file_type_refused'],
    ] as const) {
      it(what, async () => {
        await arrangeOnce();
        const reply = await post(fixture.url, { token, name, content });
        assert.equal((await refusal(reply)).code, code);
      });
    }

    it('a picture that unpacks to more than memory', async () => {
      await arrangeOnce();
      const content = await sharp({
        create: { width: 12_000, height: 12_000, channels: 3, background: 'black' },
      })
        .png({ compressionLevel: 9 })
        .toBuffer();
      assert.ok(content.length < megabyte);
      const reply = await post(fixture.url, { token, name: 'a.png', content });
      assert.equal((await refusal(reply)).code, 'file_damaged');
    });

    it('half a picture', async () => {
      await arrangeOnce();
      const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
      const whole = await sharp({
        create: { width: 200, height: 200, channels: 3, background: 'red', noise },
      })
        .jpeg()
        .toBuffer();
      const content = whole.subarray(0, whole.length / 2);
      const reply = await post(fixture.url, { token, name: 'a.jpg', content });
      assert.equal((await refusal(reply)).code, 'file_damaged');
    });

    it('a body that ends before the file does', async () => {
      await arrangeOnce();
      const reply = await fetch(`${fixture.url}/v1/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'multipart/form-data; boundary=x',
        },
        body: `${partHead}the first half`,
      });
      assert.equal((await refusal(reply)).code, 'file_incomplete');
    });

    it('a connection that is cut', async () => {
      await arrangeOnce();
      const { hostname, port } = new URL(fixture.url);
      const socket = connect(Number(port), hostname);
      socket.write(
        [
          'POST /v1/files HTTP/1.1',
          `Host: ${hostname}`,
          `Authorization: Bearer ${token}`,
          'Content-Type: multipart/form-data; boundary=x',
          'Content-Length: 5000000',
          '',
          `${partHead}${'a'.repeat(2 * megabyte)}`,
        ].join('\r\n'),
      );
      await until(async () => (await filesIn(folder)).length > before.length);
      socket.destroy();
      await until(async () => (await filesIn(folder)).length === before.length);
    });
  });

  it('needs a token, a file, and a conversation of the agent’s workspace', async () => {
    await arrange();
    const { url } = fixture;
    const code = async (reply: Promise<Response>) => (await refusal(await reply)).code;
    assert.equal(await code(post(url, { content: 'a' })), 'unauthorized');
    assert.equal(await code(post(url, { token: 'none', content: 'a' })), 'token_invalid');
    const json = fetch(`${url}/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(await code(json), 'invalid_payload');
    const agent = await fixture.agentToken();
    const other = { token: agent, content: 'a', conversationId: 'cv_none' };
    assert.equal(await code(post(url, other)), 'conversation_not_found');
    const origin = { headers: { origin: 'https://evil.example' }, token, content: 'a' };
    assert.equal(await code(post(url, origin)), 'origin_not_allowed');
  });

  it('may be done from any allowed website', async () => {
    const reply = await fetch(`${fixture.url}/v1/files`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    assert.equal(reply.status, 204);
    assert.equal(reply.headers.get('access-control-allow-origin'), '*');
    assert.match(reply.headers.get('access-control-allow-headers') ?? '', /authorization/);
  });

  it('is limited in number and bytes until a message names what came', async () => {
    const small = await startFixture({
      environment: { LIMITS: 'waitingFiles=2,waitingMegabytes=1,visitorUploadsPerMinute=4' },
    });
    try {
      const first = await small.visitor();
      const send = (content: Uint8Array | string, by = first) =>
        post(small.url, { token: by.token, content });
      const big = await refusal(await send(Buffer.alloc(megabyte + 1, 'a')));
      assert.equal(big.code, 'rate_limited');
      assert.ok(big.retryAfterMs);
      assert.equal((await send('a')).status, 200);
      assert.equal((await send('a')).status, 200);
      assert.equal((await refusal(await send('a'))).code, 'rate_limited');
      assert.equal((await filesIn(small.filesDir)).length, 2);
      const second = await small.visitor();
      assert.equal((await send('a', second)).status, 200);
    } finally {
      await small.close();
    }
  });
});

const partHead =
  '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n';

function* bodyOf(megabytes: number): Generator<Uint8Array> {
  yield Buffer.from(partHead);
  for (let sent = 0; sent < megabytes; sent++) yield Buffer.alloc(megabyte, 'a');
  yield Buffer.from('\r\n--x--\r\n');
}

function contactOf(token: string): string {
  const [, claims = ''] = token.split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string }).sub;
}

/** Looks again and again, for what another process or a disk does. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds());) {
    assert.ok(Date.now() < end, 'it did not come true');
    await pause(10);
  }
}
