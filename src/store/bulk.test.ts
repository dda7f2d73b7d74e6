import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { createOffice, everything, observe } from './testing.fixture.js';

function seeds(count: number) {
  return Array.from({ length: count }, (_, n) => ({
    id: `cv_${n}`,
    contact: { id: `ct_${n}` },
    messages: [{ text: 'Hello', agoMs: (n + 1) * 1_000 }],
  }));
}

describe('acts on many conversations', () => {
  it('S3.10 close them at once, open them again, and delete them', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(5) });
    const client = agent();
    const list = client.list(everything);
    observe(list.$list);
    await clock.advance(0);
    const count = (): number => list.$list.get().cards.length;
    const closing = client.closeConversations(['cv_0', 'cv_1', 'cv_2', 'cv_0']);
    expect(count()).to.equal(2);
    await clock.advance(0);
    expect(await closing).to.deep.equal(['cv_0', 'cv_1', 'cv_2']);
    await clock.advance(6_000);
    expect(count()).to.equal(2);

    const reopening = client.reopenConversations(await closing);
    await clock.advance(20);
    expect((await reopening).length).to.equal(3);
    expect(count()).to.equal(5);

    const deleting = client.deleteConversations(['cv_3', 'cv_4', 'cv_gone']);
    await clock.advance(20);
    expect(await deleting).to.deep.equal(['cv_3', 'cv_4']);
    expect(count()).to.equal(3);
    expect(server.workspace.conversations.get('cv_3')?.live ?? false).to.equal(false);
  });

  it('go in parts of what one push may hold', async () => {
    const { agent, clock } = createOffice({ conversations: seeds(230) });
    const client = agent();
    observe(client.$me);
    await clock.advance(0);
    const closing = client.closeConversations(seeds(230).map(({ id }) => id));
    await clock.advance(0);
    await clock.advance(0);

    expect((await closing).length).to.equal(230);
  });

  it('are undone on screen where they are refused, with the reason', async () => {
    const { agent, clock, server } = createOffice({ conversations: seeds(2) });
    const client = agent();
    const list = client.list(everything);
    observe(list.$list);
    await clock.advance(0);
    const lost = client.closeConversations(['cv_0', 'cv_1']).catch((error: unknown) => error);
    expect(list.$list.get().cards.length).to.equal(0);
    server.cut({ stayDown: true });
    await clock.advance(0);

    const error = await lost;
    expect(error instanceof CodedError && error.code).to.equal('connection_lost');
    expect(list.$list.get().cards.length).to.equal(2);
  });
});
