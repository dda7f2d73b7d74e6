import { expect } from '@open-wc/testing';
import { CodedError, type VisitorTokenReply, type VisitorTokenRequest } from '../protocol/index.js';
import { settled } from '../testing.js';
import { memoryStorage, type KeyValue } from './storage.js';
import { createOffice } from './testing.fixture.js';
import { createVisitorClient } from './visitor-client.js';
import { createVisitorIdentity, type VisitorIdentity } from './visitor-identity.js';

const { signal } = new AbortController();

function reply(contactId: string): VisitorTokenReply {
  return { contactId, visitorToken: contactId, token: contactId, expiresAt: 0 };
}

function createBench(storage: KeyValue, refuse: (token: string) => CodedError | null = () => null) {
  const asked: (string | null)[] = [];
  let contacts = 0;
  const tab = (): VisitorIdentity =>
    createVisitorIdentity({
      api: {
        async visitorToken({ visitorToken }: VisitorTokenRequest) {
          asked.push(visitorToken ?? null);
          const error = visitorToken === undefined ? null : refuse(visitorToken);
          if (error) throw error;
          const contactId = visitorToken ?? `ct_${++contacts}`;
          return reply(contactId);
        },
      },
      workspaceId: 'ws',
      storage,
      onContact: () => undefined,
      onGone: () => undefined,
    });
  return { tab, asked };
}

describe('visitor identity', () => {
  it('is one contact in two tabs, the second of which was open before the first acted', async () => {
    const { tab } = createBench(memoryStorage());
    const first = tab();
    const second = tab();
    await second.recall();

    expect(await first.getToken({ signal })).to.equal('ct_1');
    expect(await second.getToken({ signal })).to.equal('ct_1');
  });

  it('is one contact in two tabs that ask at the same time', async () => {
    const storage = memoryStorage();
    const answers: (() => void)[] = [];
    const tab = (own: string): VisitorIdentity =>
      createVisitorIdentity({
        api: {
          async visitorToken({ visitorToken: contactId }: VisitorTokenRequest) {
            if (contactId !== undefined) return reply(contactId);
            await new Promise<void>((resolve) => answers.push(resolve));
            return reply(own);
          },
        },
        workspaceId: 'ws',
        storage,
        onContact: () => undefined,
        onGone: () => undefined,
      });
    const first = tab('ct_1').getToken({ signal });
    const second = tab('ct_2').getToken({ signal });
    await settled();
    answers[0]?.();
    await settled();
    answers[1]?.();

    expect(await Promise.all([first, second])).to.deep.equal(['ct_1', 'ct_1']);
  });

  it('is one new contact in two tabs where the server knows the old one no more', async () => {
    const gone = (token: string): CodedError | null =>
      token === 'ct_gone' ? new CodedError('token_invalid') : null;
    const storage = memoryStorage();
    await storage.set('visitor/ws', 'ct_gone');
    const { tab } = createBench(storage, gone);
    const first = tab();
    const second = tab();
    await Promise.all([first.recall(), second.recall()]);

    expect(await first.getToken({ signal })).to.equal('ct_1');
    expect(await second.getToken({ signal })).to.equal('ct_1');
  });

  it('is a new contact when the stored token has expired, instead of trying for ever', async () => {
    const storage = memoryStorage();
    await storage.set('visitor/ws', 'ct_old');
    const { tab, asked } = createBench(storage, () => new CodedError('token_expired'));

    expect(await tab().getToken({ signal })).to.equal('ct_1');
    expect(asked).to.deep.equal(['ct_old', null]);
  });

  it('keeps its token where nothing can be stored', async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error('denied'));
    const { tab } = createBench({ get: refuse, set: refuse, delete: refuse, entries: refuse });
    const only = tab();

    expect(await only.getToken({ signal })).to.equal('ct_1');
    expect(await only.getToken({ signal })).to.equal('ct_1');
  });

  it('shows no refusal of the contact it was before', async () => {
    const { clock, server } = createOffice();
    const api = server.api();
    let tokens = 0;
    const client = createVisitorClient({
      transport: server.transport,
      api: {
        ...api,
        async visitorToken(request) {
          const reply = await api.visitorToken(request);
          return tokens++ === 0 ? { ...reply, contactId: 'ct_gone' } : reply;
        },
      },
      workspaceId: server.workspace.id,
      storage: memoryStorage(),
      clock,
    });
    client.consent();
    await clock.advance(100);
    expect(client.$thread.get().error?.code).to.equal('forbidden');
    server.cut();
    client.send('Hello');
    await clock.advance(60_000);

    expect(client.$thread.get().error).to.equal(null);
    expect(client.$thread.get().items.map(({ state }) => state)).to.deep.equal(['sent']);
  });

  it('sends on the next page what was written before the server was ever reached', async () => {
    const { visitor, clock, server } = createOffice();
    const storage = memoryStorage();
    server.cut({ stayDown: true });
    const before = visitor(storage);
    before.start();
    before.send('Hello');
    await clock.advance(100);
    before.dispose();
    server.restore();
    const after = visitor(storage);
    after.start();
    await clock.advance(60_000);

    const written = [...server.workspace.conversations.values()].flatMap((conversation) =>
      conversation.messages.filter(({ kind }) => kind === 'reply').map(({ text }) => text),
    );
    expect(written).to.deep.equal(['Hello']);
  });

  it('sends after a cut what another tab wrote and left', async () => {
    const { visitor, clock, server } = createOffice();
    const storage = memoryStorage();
    const stays = visitor(storage);
    stays.consent();
    await clock.advance(100);
    const left = visitor(storage);
    left.start();
    await clock.advance(100);
    server.cut({ stayDown: true });
    left.send('Hello');
    await clock.advance(100);
    left.dispose();
    server.restore();
    await clock.advance(60_000);

    const texts = stays.$thread.get().items.map(({ text }) => text);
    expect(texts).to.deep.equal(['Hello']);
  });
});
