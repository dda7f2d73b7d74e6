import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import type { FileStore, FileVariant } from '../../file-ports.js';

/** What the contract needs of the runner. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
}

/** What every store of files must keep. Tests share it, so each has ids of its own. */
export function fileStoreContract({ it }: Runner, subject: { readonly store: FileStore }): void {
  const newId = (): string => `at_${randomBytes(15).toString('base64url')}`;
  const receive = (content: Uint8Array | string) =>
    subject.store.receive(inParts(Buffer.from(content)), 1_000_000);
  const put = async (id: string, content: Uint8Array | string, variant?: FileVariant) =>
    subject.store.put(id, variant ?? 'original', await receive(content));
  const read = async (id: string, variant: FileVariant = 'original') => {
    const found = await subject.store.get(id, variant);
    if (!found) return null;
    const content = Buffer.concat((await found.content.toArray()) as Buffer[]);
    assert.equal(found.size, content.length);
    return content;
  };
  const listed = async (): Promise<Map<string, number>> => {
    const found = new Map<string, number>();
    for (let after: string | null = null; ;) {
      const page = await subject.store.list(after);
      for (const { id, storedAt } of page.files) found.set(id, storedAt);
      after = page.next;
      if (after === null) return found;
    }
  };

  it('gives back the bytes that it was given', async () => {
    const id = newId();
    const content = randomBytes(700_001);
    const file = await receive(content);
    assert.equal(file.size, content.length);
    await subject.store.put(id, 'original', file);
    assert.equal(existsSync(file.path), false, 'nothing is kept twice');
    assert.deepEqual(await read(id), content);
  });

  it('keeps the variants of a file apart', async () => {
    const id = newId();
    await put(id, 'the whole');
    assert.equal(await read(id, 'thumbnail'), null);
    await put(id, 'small', 'thumbnail');
    assert.equal(String(await read(id)), 'the whole');
    assert.equal(String(await read(id, 'thumbnail')), 'small');
  });

  it('replaces what was put before', async () => {
    const id = newId();
    await put(id, 'first and longer');
    await put(id, 'second');
    assert.equal(String(await read(id)), 'second');
  });

  it('knows no file that was never put', async () => {
    assert.equal(await read(newId()), null);
  });

  it('deletes every variant, and again without a fault', async () => {
    const [id, other] = [newId(), newId()];
    await put(id, 'a');
    await put(id, 'b', 'thumbnail');
    await put(other, 'c');
    await subject.store.delete(id);
    await subject.store.delete(id);
    assert.equal(await read(id), null);
    assert.equal(await read(id, 'thumbnail'), null);
    assert.equal(String(await read(other)), 'c');
  });

  it('lists what it keeps, each file once, with its time', async () => {
    const started = Date.now();
    const ids = Array.from({ length: 5 }, newId);
    for (const id of ids) await put(id, 'a');
    await put(ids[0] as string, 'b', 'thumbnail');
    await subject.store.delete(ids[4] as string);
    const received = await receive('never put');
    const found = await listed();
    await subject.store.discard(received);
    for (const id of ids.slice(0, 4)) {
      const age = Math.abs((found.get(id) ?? 0) - started);
      assert.ok(age < 60_000, `${id} was stored about now`);
    }
    assert.equal(found.has(ids[4] as string), false);
  });

  it('refuses ids that could leave their place', async () => {
    for (const id of ['', '..', 'a/b', '../x', 'a b', 'a\0']) {
      const file = await receive('a');
      await assert.rejects(async () => subject.store.put(id, 'original', file));
      await assert.rejects(async () => subject.store.delete(id));
      await subject.store.discard(file);
    }
  });

  it('takes in no more than it is told to, and leaves nothing of the rest', async () => {
    const tooMuch = subject.store.receive(inParts(Buffer.alloc(1_001)), 1_000);
    await assert.rejects(tooMuch, { code: 'file_too_large' });
    const exactly = await subject.store.receive(inParts(Buffer.alloc(1_000)), 1_000);
    assert.equal(exactly.size, 1_000);
    await subject.store.discard(exactly);
    await subject.store.discard(exactly);
    assert.equal(existsSync(exactly.path), false);
  });

  it('passes on the fault of what it takes in', async () => {
    const fault = new Error('the line was cut');
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw fault;
    }
    await assert.rejects(subject.store.receive(cut(), 1_000), fault);
  });

  it('drops what servers that are gone had received', async () => {
    const [old, young] = [await receive('a'), await receive('b')];
    await utimes(old.path, 1, 1);
    await subject.store.dropReceived(1_000_000);
    assert.equal(existsSync(old.path), false);
    assert.equal(existsSync(young.path), true);
    await subject.store.discard(young);
  });
}

async function* inParts(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}
