import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { paced, type Pace } from './paced.js';

const pace: Pace = { everyMs: 20, minBytes: 5, totalMs: 60_000 };

const read = async (content: PassThrough, by: Pace): Promise<string> => {
  let text = '';
  for await (const chunk of paced(content, by)) text += Buffer.from(chunk).toString();
  return text;
};

describe('the pace of an upload', () => {
  it('is free while enough comes', async () => {
    const content = new PassThrough();
    content.end('Hello, world');
    assert.equal(await read(content, pace), 'Hello, world');
  });

  it('ends one that stands still', async () => {
    const content = new PassThrough();
    content.write('Hello');
    await assert.rejects(read(content, pace), { code: 'file_incomplete' });
    assert.ok(content.destroyed);
  });

  it('ends one that trickles', async () => {
    const content = new PassThrough();
    const trickle = setInterval(() => content.destroyed || content.write('a'), 8);
    await assert.rejects(read(content, pace), { code: 'file_incomplete' });
    clearInterval(trickle);
  });

  it('ends one that takes too long in all', async () => {
    const content = new PassThrough();
    const flow = setInterval(() => content.destroyed || content.write('enough each time'), 5);
    await assert.rejects(read(content, { everyMs: 90, minBytes: 1, totalMs: 50 }), {
      code: 'file_incomplete',
    });
    clearInterval(flow);
  });

  it('tells of a line that was cut', async () => {
    const content = new PassThrough();
    const cut = read(content, pace);
    content.destroy(new Error('aborted'));
    await assert.rejects(cut, { code: 'file_incomplete' });
  });
});
