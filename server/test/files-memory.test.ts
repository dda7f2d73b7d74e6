import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { limits } from '#kit/protocol/limits.js';
import { programOf } from './program.js';
import { uploaded } from './upload.js';

const parallel = 20;
const megabyte = 1_048_576;

interface Ready {
  url: string;
  tokens: string[];
}

describe('twenty uploads of 10 MB at a time', () => {
  it('are taken without being held in memory', async () => {
    const { words, environment } = programOf('test/memory-server');
    const server = spawn(process.execPath, ['--expose-gc', ...words, String(parallel)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...environment },
    });
    const ask = async <Answer>(question: string): Promise<Answer> => {
      const answer = once(server, 'message') as Promise<[Answer]>;
      server.send(question);
      return (await answer)[0];
    };
    const [{ url, tokens }] = (await once(server, 'message')) as [Ready];
    // What the first file of a process loads and keeps is not counted.
    await uploaded(url, { token: tokens[0], content: Buffer.alloc(limits.fileSize, 'a') });
    await ask('start');

    const content = Buffer.alloc(limits.fileSize, 'a');
    const files = await Promise.all(tokens.map((token) => uploaded(url, { token, content })));
    const { grown } = await ask<{ grown: number }>('stop');

    assert.equal(new Set(files.map(({ id }) => id)).size, parallel);
    assert.ok(grown < 40 * megabyte, `grew by ${Math.round(grown / megabyte)} MB of 200`);
    server.send('end');
    await once(server, 'exit');
  });
});
