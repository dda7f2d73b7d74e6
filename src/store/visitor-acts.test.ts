import { expect } from '@open-wc/testing';
import { CodedError } from '../protocol/index.js';
import { memoryStorage } from './storage.js';
import { createLazyOffice, loaded, type Office } from './testing.fixture.js';
import type { VisitorClient } from './visitor-client.js';

async function codeOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );
}

/** What agents read: system lines by type, of messages the text. */
function linesIn({ server }: Office, at = -1): string[] {
  const { messages = [] } = [...server.workspace.conversations.values()].at(at) ?? {};
  return messages.map(({ system, text }) => system?.type ?? text);
}

async function written(office: Office, storage = memoryStorage()): Promise<VisitorClient> {
  const client = office.visitor(storage);
  client.start();
  client.send('Hello');
  await office.clock.advance(100);
  return client;
}

describe('a rating of the conversation', () => {
  before(() => import('./visitor-acts.js'));

  it('is told with its comment, shown, and changed', async () => {
    const office = createLazyOffice();
    const client = await written(office);
    const rated = client.rate(2, 'Slow');
    await office.clock.advance(100);
    await rated;
    expect(client.$conversation.get()?.rating?.comment).to.equal('Slow');
    const changed = client.rate(5, null);
    await office.clock.advance(100);
    await changed;

    const { score, comment } = client.$conversation.get()?.rating ?? {};
    expect([score, comment]).to.deep.equal([5, null]);
    expect(linesIn(office)).to.deep.equal(['Hello', 'rated', 'rated']);
    expect(client.$thread.get().items.map(({ text }) => text)).to.deep.equal(['Hello']);
  });

  it('is refused with a code where nothing was written, or there is no connection', async () => {
    const office = createLazyOffice();
    const { clock, server } = office;
    expect(await codeOf(office.visitor().rate(5, null))).to.equal('conversation_not_found');
    const client = office.visitor();
    client.consent();
    await clock.advance(100);
    const nothing = codeOf(client.rate(5, null));
    await clock.advance(100);
    expect(await nothing).to.equal('conversation_not_found');
    server.cut({ stayDown: true });
    expect(await codeOf(client.rate(5, null))).to.equal('connection_lost');
  });
});

describe('a restart', () => {
  before(() => import('./visitor-acts.js'));

  it('ends the conversation, and the next message starts a new one', async () => {
    const office = createLazyOffice();
    const client = await written(office);
    const done = client.restart();
    await office.clock.advance(100);
    await done;
    expect(client.$thread.get().status).to.equal('empty');
    expect(client.$conversation.get()).to.equal(null);
    client.send('Anew');
    await office.clock.advance(100);

    expect(client.$thread.get().items.map(({ text }) => text)).to.deep.equal(['Anew']);
    expect(linesIn(office, 0)).to.deep.equal(['Hello', 'restarted']);
  });

  it('does nothing where nobody connected', async () => {
    const { visitor, server } = createLazyOffice();
    await visitor().restart();
    expect(server.workspace.contacts.size).to.equal(0);
  });
});

describe('the group that a visitor asks for', () => {
  before(() => import('./visitor-acts.js'));

  function withGroups(): Office {
    return createLazyOffice({
      groups: [
        { id: 'gr_sales', name: 'Sales' },
        { id: 'gr_help', name: 'Help' },
        { id: 'gr_secret', name: 'Secret', private: true },
      ],
      workspace: { settings: { askGroup: true } },
    });
  }

  const groupIn = ({ server }: Office): (string | null)[] =>
    [...server.workspace.conversations.values()].map(({ groupId }) => groupId);

  it('takes no token, and goes out before the first message', async () => {
    const office = withGroups();
    const { clock, server } = office;
    const storage = memoryStorage();
    const client = office.visitor(storage);
    client.start();
    await clock.advance(100);
    expect(client.$settings.get()?.groups.map(({ name }) => name)).to.deep.equal(['Sales', 'Help']);
    expect(client.$group.get()).to.equal(undefined);
    client.chooseGroup('gr_help');
    client.chooseGroup('gr_sales');
    await clock.advance(100);
    expect(await storage.entries('')).to.deep.equal([]);
    expect(server.workspace.contacts.size).to.equal(0);
    client.send('How much is it?');
    await clock.advance(100);

    expect(linesIn(office)).to.deep.equal(['grouped', 'How much is it?']);
    expect(groupIn(office)).to.deep.equal(['gr_sales']);
    const done = client.restart();
    await clock.advance(100);
    await done;
    expect(client.$group.get()).to.equal(undefined);
  });

  it('is kept through a reload until there is a conversation', async () => {
    const office = withGroups();
    const { clock } = office;
    const storage = memoryStorage();
    const client = office.visitor(storage);
    client.start();
    client.consent();
    client.chooseGroup(null);
    await clock.advance(100);
    await loaded();
    client.dispose();
    const next = office.visitor(storage);
    next.start();
    await clock.advance(100);
    await loaded();
    expect(next.$group.get()).to.equal(null);
    next.send('Hello');
    await clock.advance(100);
    await loaded();

    expect(groupIn(office)).to.deep.equal([null]);
    expect(await storage.entries('group/')).to.deep.equal([]);
  });

  it('is changed within the conversation', async () => {
    const office = withGroups();
    const client = await written(office);
    client.chooseGroup('gr_help');
    await office.clock.advance(100);

    expect(linesIn(office)).to.deep.equal(['Hello', 'grouped']);
    expect(groupIn(office)).to.deep.equal(['gr_help']);
  });

  it('that is gone by now holds no message', async () => {
    const office = withGroups();
    const client = office.visitor();
    client.start();
    await office.clock.advance(100);
    client.chooseGroup('gr_gone');
    client.send('Hello');
    await office.clock.advance(1_000);
    await loaded();

    expect(client.$thread.get().items.map(({ state }) => state)).to.deep.equal(['sent']);
    expect(client.$group.get()).to.equal(undefined);
  });
});

describe('what a page shows by itself', () => {
  before(() => import('./visitor-acts.js'));

  const rows = (client: VisitorClient): string[] =>
    client.$thread
      .get()
      .items.map(({ text, system }) => (system?.type === 'shown' ? `(${system.text})` : text));

  it('stands in the thread, stores nothing, and goes out with the next message', async () => {
    const office = createLazyOffice();
    const { clock, server } = office;
    const storage = memoryStorage();
    const client = office.visitor(storage);
    client.start();
    client.show('Need help?', 'tm_1');
    await clock.advance(100);
    await loaded();
    expect(rows(client)).to.deep.equal(['(Need help?)']);
    expect(client.$thread.get().status).to.equal('ready');
    expect(await storage.entries('')).to.deep.equal([]);
    expect(server.workspace.contacts.size).to.equal(0);
    server.cut({ stayDown: true });
    const before = client.$thread.get().items[0];
    client.send('Yes');
    client.show('Still there?');
    await loaded();
    expect(rows(client)).to.deep.equal(['(Need help?)', 'Yes', '(Still there?)']);
    expect(client.$thread.get().items[0]).to.equal(before);
    server.restore();
    await clock.advance(60_000);

    expect(rows(client)).to.deep.equal(['(Need help?)', 'Yes', '(Still there?)']);
    expect(linesIn(office)).to.deep.equal(['shown', 'Yes']);
    client.send('I am');
    await clock.advance(100);
    expect(linesIn(office)).to.deep.equal(['shown', 'Yes', 'shown', 'I am']);
    expect(rows(client)).to.deep.equal(['(Need help?)', 'Yes', '(Still there?)', 'I am']);
  });

  it('is shown before a message that waits since before a reload', async () => {
    const { clock, server, visitor } = createLazyOffice();
    const storage = memoryStorage();
    server.cut({ stayDown: true });
    const client = visitor(storage);
    client.show('Need help?');
    client.send('Yes');
    await clock.advance(100);
    client.dispose();
    const next = visitor(storage);
    next.start();
    await clock.advance(100);
    await loaded();

    expect(rows(next)).to.deep.equal(['(Need help?)', 'Yes']);
  });
});
