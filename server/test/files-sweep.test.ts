import assert from 'node:assert/strict';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTokens } from '../src/auth/tokens.js';
import { deleteMessage } from '../src/usecases/delete-message.js';
import { sendAgentMessage } from '../src/usecases/send-agent-message.js';
import { sendVisitorMessage } from '../src/usecases/send-visitor-message.js';
import { orphanMs, sweepFiles } from '../src/usecases/sweep-files.js';
import {
  agentCaller,
  clientId,
  startFixture,
  TestClock,
  testSecret,
  type Fixture,
} from './app-fixture.js';
import { filesIn, uploaded } from './upload.js';

const everyMs = 1_000;
const times = { rowsMs: everyMs, bytesMs: everyMs };

describe('sweeping files', () => {
  let fixture: Fixture;
  before(async () => {
    // Files on a disk have the times of the machine.
    fixture = await startFixture();
    fixture.clock.advance(Date.now() - new TestClock().now());
  });
  after(() => fixture.close());

  const sweep = () => {
    fixture.clock.advance(everyMs);
    return sweepFiles(fixture.app.ports, times);
  };
  const keptIds = async () => {
    const { files } = fixture.app.ports;
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await files.list(after);
      ids.push(...page.files.map(({ id }) => id));
      after = page.next;
      if (after === null) return ids.sort();
    }
  };

  it('takes bytes that no row names, and unfinished uploads, once they are old', async () => {
    const { files } = fixture.app.ports;
    const put = async (id: string) => files.put(id, 'original', await files.receive(oneByte(), 10));
    await put('at_lost');
    await put('at_new');
    const old = new Date(fixture.clock.now() - orphanMs - 60_000);
    const [lost] = (await filesIn(fixture.filesDir)).filter((path) => path.includes('at_lost'));
    await utimes(join(lost as string, '..'), old, old);
    const incoming = join(fixture.filesDir, 'incoming');
    const abandoned = await files.receive(oneByte(), 10);
    await utimes(abandoned.path, old, old);

    assert.equal(await sweep(), 1);
    assert.deepEqual(await keptIds(), ['at_new']);
    assert.deepEqual(await readdir(incoming), []);
    await files.delete('at_new');
  });

  it('takes what no message named for a day, and what was deleted; keeps the rest', async () => {
    const { ports } = fixture.app;
    const { caller } = await fixture.visitor();
    const send = (text: string, attachmentIds: string[] = []) =>
      sendVisitorMessage(ports, caller, { clientId: clientId(), text, attachmentIds });
    // The day that passes is longer than tokens hold.
    const upload = async (conversationId?: string) => {
      const token = conversationId
        ? await fixture.agentToken()
        : (await createTokens(testSecret, fixture.clock).signChannel(caller)).token;
      return (await uploaded(fixture.url, { token, content: 'a', conversationId })).id;
    };
    const { conversationId } = await send('Hello');
    const agent = agentCaller(fixture.owner);
    const [forgotten, sent] = [await upload(), await upload()];
    await send('x', [sent]);
    fixture.clock.advance(orphanMs + 1);
    const [waiting, unsent] = [await upload(), await upload(conversationId)];
    const message = await sendAgentMessage(ports, agent, conversationId, {
      clientId: clientId(),
      kind: 'reply',
      text: '',
      attachmentIds: [unsent],
    });
    assert.equal((await keptIds()).length, 4);

    assert.equal(await sweep(), 1);
    assert.deepEqual(await keptIds(), [sent, waiting, unsent].sort());
    await deleteMessage(ports, agent, conversationId, { messageId: message.id });
    assert.equal(await sweep(), 1);
    assert.deepEqual(await keptIds(), [sent, waiting].sort());
    assert.equal(await sweep(), 0);
    await assert.rejects(send('late', [forgotten]), { code: 'file_not_found' });
  });

  it('is done by one server at a time', async () => {
    fixture.clock.advance(everyMs);
    const turns = await Promise.all([1, 2, 3].map(() => sweepFiles(fixture.app.ports, times)));
    assert.equal(turns.filter((turn) => turn !== null).length, 1);
  });
});

async function* oneByte(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a');
}
