import { expect } from '@open-wc/testing';
import { browserStorage, indexedDbStorage, type StorageKind } from './browser-storage.js';
import { memoryStorage, webStorage, type KeyValue } from './storage.js';

function storageContract(name: string, create: () => KeyValue): void {
  describe(`storage: ${name}`, () => {
    it('keeps values until they are deleted', async () => {
      const storage = create();
      expect(await storage.get('t/none')).to.equal(undefined);
      await storage.set('t/a', { text: 'ä' });
      expect(await storage.get('t/a')).to.deep.equal({ text: 'ä' });
      await storage.set('t/a', 2);
      expect(await storage.get('t/a')).to.equal(2);
      await storage.delete('t/a');
      expect(await storage.get('t/a')).to.equal(undefined);
    });

    it('gives the entries under a prefix, sorted by key', async () => {
      const storage = create();
      await storage.set('t/b', 2);
      await storage.set('t/a', 1);
      await storage.set('u/c', 3);
      expect(await storage.entries('t/')).to.deep.equal([
        ['t/a', 1],
        ['t/b', 2],
      ]);
      for (const key of ['t/a', 't/b', 'u/c']) await storage.delete(key);
    });

    it('is not changed through what it gave or was given', async () => {
      const storage = create();
      const value = { list: [1] };
      await storage.set('t/a', value);
      value.list.push(2);
      ((await storage.get('t/a')) as typeof value).list.push(3);
      expect(await storage.get('t/a')).to.deep.equal({ list: [1] });
      await storage.delete('t/a');
    });
  });
}

storageContract('memory', memoryStorage);
storageContract('web storage', () => webStorage(sessionStorage));
storageContract('IndexedDB', () => indexedDbStorage('convkit-test'));
storageContract('browser', browserStorage);
storageContract('browser, session', () => browserStorage('session'));
storageContract('browser, memory', () => browserStorage('memory'));

describe('browser storage', () => {
  it('leaves no trace of a look for a visitor', async () => {
    await browserStorage().get('visitor/ws_1');
    const databases = await indexedDB.databases();
    expect(Object.keys(localStorage)).to.deep.equal([]);
    expect(databases.map(({ name }) => name)).not.to.include('convkit');
  });

  it('keeps small things where IndexedDB throws on the mere mention', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get() {
        throw new Error('denied');
      },
    });
    try {
      const storage = browserStorage();
      await storage.set('visitor/ws', 'token');
      expect(await storage.get('visitor/ws')).to.equal('token');
      const reasons = await Promise.allSettled([
        storage.get('outbox/ws/1'),
        storage.set('outbox/ws/1', 1),
        storage.entries('outbox/ws'),
      ]);
      expect(reasons).to.have.length(3);
      await storage.delete('visitor/ws');
    } finally {
      if (own) Object.defineProperty(globalThis, 'indexedDB', own);
    }
  });

  it('keeps the outbox in IndexedDB and small things in localStorage', async () => {
    const storage = browserStorage();
    await storage.set('outbox/ws/1', { text: 'long' });
    await storage.set('visitor/ws', 'token');
    expect(Object.keys(localStorage)).to.deep.equal(['convkit/visitor/ws']);
    expect(await indexedDbStorage().entries('outbox/')).to.deep.equal([
      ['outbox/ws/1', { text: 'long' }],
    ]);
    await storage.delete('outbox/ws/1');
    await storage.delete('visitor/ws');
  });
});

describe('where a widget keeps what it has to', () => {
  const isKeptBy: Record<StorageKind, (key: string) => Promise<boolean>> = {
    memory: async () => false,
    session: async (key) => sessionStorage.getItem(`convkit/${key}`) !== null,
    local: async (key) =>
      key.startsWith('outbox/')
        ? (await indexedDbStorage().get(key)) !== undefined
        : localStorage.getItem(`convkit/${key}`) !== null,
  };
  const keys = ['visitor/ws_kinds', 'outbox/ws_kinds/visitor/1'];

  it('S5.12 is the page’s memory, the tab’s session or the browser, as it is told', async () => {
    for (const kind of ['memory', 'session', 'local'] as const) {
      const storage = browserStorage(kind);
      for (const key of keys) await storage.set(key, kind);
      for (const key of keys) {
        expect(await storage.get(key)).to.equal(kind);
        for (const [place, isKept] of Object.entries(isKeptBy)) {
          expect(await isKept(key), `${key} of ${kind} in ${place}`).to.equal(
            place === kind && kind !== 'memory',
          );
        }
        // As the same page finds it after a reload.
        expect(await browserStorage(kind).get(key)).to.equal(kind === 'memory' ? undefined : kind);
        await storage.delete(key);
      }
    }
  });
});
