import { expect } from '@open-wc/testing';
import { createFakeClock, settled } from '../testing.js';
import { createDraft, type DraftStore } from './draft.js';
import { memoryStorage, type KeyValue } from './storage.js';

const isEmpty = (text: string): boolean => text === '';

function create(storage: KeyValue): { draft: DraftStore<string> } {
  return { draft: createDraft(storage, createFakeClock(), '', isEmpty) };
}

describe('draft', () => {
  it('is stored although it was typed before it had a key', async () => {
    const storage = memoryStorage();
    const { draft } = create(storage);
    draft.set('half');
    await draft.open('draft/1');
    await settled();

    expect(await storage.get('draft/1')).to.equal('half');
  });

  it('is stored with each key stroke: a tab may close after any', async () => {
    const storage = memoryStorage();
    const { draft } = create(storage);
    await draft.open('draft/1');
    draft.set('h');
    draft.set('ha');
    await settled();

    expect(await storage.get('draft/1')).to.equal('ha');
  });

  it('is gone from the storage once it was sent, not a moment later', async () => {
    const storage = memoryStorage();
    const { draft } = create(storage);
    await draft.open('draft/1');
    draft.set('Hello');
    draft.set('');
    await settled();

    expect(await storage.get('draft/1')).to.equal(undefined);
  });

  it('does not go from one key to another', async () => {
    const storage = memoryStorage();
    await storage.set('draft/2', 'of Bob');
    const { draft } = create(storage);
    await draft.open('draft/1');
    draft.set('of Ann');
    await draft.open('draft/2');
    await settled();

    expect(draft.$draft.get()).to.equal('of Bob');
    expect(await storage.get('draft/1')).to.equal('of Ann');
    expect(await storage.get('draft/2')).to.equal('of Bob');
  });
});
