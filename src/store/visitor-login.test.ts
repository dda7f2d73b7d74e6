import { expect } from '@open-wc/testing';
import { CodedError, type VisitorIdentity, type VisitorTokenRequest } from '../protocol/index.js';
import { createFakeTabs } from '../testing.js';
import type { VisitorApi } from '../transport/api.js';
import { createTabTransport } from '../transport/tabs/index.js';
import * as sharing from '../transport/tabs/sharing.js';
import { memoryStorage } from './storage.js';
import { createLazyOffice, loaded, type Office } from './testing.fixture.js';
import { createVisitorClient, type VisitorClient } from './visitor-client.js';

const ada: VisitorIdentity = { visitorId: 'customer-0123456789-ada' };
const eve: VisitorIdentity = { visitorId: 'customer-0123456789-eve' };

function texts(client: VisitorClient): string[] {
  return client.$thread.get().items.map(({ text }) => text);
}

async function codeOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );
}

/** Clients whose requests for tokens are written down, and refused by the test. */
function createBench() {
  const office = createLazyOffice();
  const { server, clock } = office;
  const api = server.api();
  const asked: VisitorTokenRequest[] = [];
  let refusal: CodedError | null = null;
  const watched: VisitorApi = {
    ...api,
    visitorToken(request, options) {
      asked.push(request);
      if (request.identity && refusal) return Promise.reject(refusal);
      return api.visitorToken(request, options);
    },
  };
  return {
    ...office,
    asked,
    refuse: (code: CodedError['code'] | null) => {
      refusal = code && new CodedError(code);
    },
    client: (storage = memoryStorage()): VisitorClient =>
      createVisitorClient({
        transport: server.transport,
        api: watched,
        workspaceId: server.workspace.id,
        storage,
        clock,
        random: () => 0.5,
      }),
  };
}

describe('identity of a visitor', () => {
  before(() => import('./visitor-acts.js'));

  it('stores nothing and asks nobody until the visitor acts, and makes no other contact', async () => {
    const { client, clock, server, asked } = createBench();
    const storage = memoryStorage();
    const page = client(storage);
    page.start();
    const known = page.identify(ada);
    await clock.advance(1_000);
    expect(asked).to.deep.equal([]);
    expect(await storage.entries('')).to.deep.equal([]);
    page.send('Hello');
    await clock.advance(100);
    await known;

    expect(asked.map(({ identity }) => identity)).to.deep.equal([ada]);
    expect(server.workspace.contacts.size).to.equal(1);
    expect(texts(page)).to.deep.equal(['Hello']);
  });

  it('takes the anonymous conversation along where the contact has none', async () => {
    const { client, clock, server } = createBench();
    const page = client();
    page.send('Hello');
    await clock.advance(100);
    const conversation = page.$conversation.get()?.id;
    const phone = client();
    phone.identify(ada).catch(() => undefined);
    phone.consent();
    await clock.advance(100);
    expect(texts(phone)).to.deep.equal([]);
    const known = page.identify(ada);
    await clock.advance(1_000);
    await known;

    expect(page.$conversation.get()?.id).to.equal(conversation);
    expect(texts(page)).to.deep.equal(['Hello']);
    server.answer(conversation ?? '', 'ag_2', 'Good day');
    await clock.advance(1_000);
    expect(texts(page).at(-1)).to.equal('Good day');
    expect(page.$contact.get()?.id).to.equal(phone.$contact.get()?.id);
  });

  it('shows the conversation of the contact where there is one', async () => {
    const { client, clock, server } = createBench();
    const phone = client();
    phone.identify(ada).catch(() => undefined);
    phone.send('From my phone');
    await clock.advance(100);
    const page = client();
    page.send('Who am I?');
    await clock.advance(100);
    const known = page.identify(ada);
    await clock.advance(1_000);
    await known;

    expect(texts(page)).to.deep.equal(['From my phone']);
    expect(page.$connection.get().state).to.equal('online');
    expect(page.$thread.get().error).to.equal(null);
    page.send('And from my desk');
    await clock.advance(1_000);
    expect(texts(page)).to.deep.equal(['From my phone', 'And from my desk']);
    expect([...server.workspace.conversations.values()].filter(({ live }) => live).length).to.equal(
      1,
    );
  });

  it('said twice changes nothing on screen, and is asked once', async () => {
    const { client, clock, asked } = createBench();
    const page = client();
    page.send('Hello');
    page.identify(ada).catch(() => undefined);
    await clock.advance(1_000);
    const shown: unknown[] = [];
    page.$thread.listen((thread) => shown.push(thread));
    page.$connection.listen((connection) => shown.push(connection));
    page.$contact.listen((contact) => shown.push(contact));
    const requests = asked.length;
    await page.identify({ ...ada });
    expect(asked.length).to.equal(requests);
    const fresh = page.identify(() => ada);
    await clock.advance(1_000);
    await fresh;

    expect(asked.length).to.equal(requests + 1);
    expect(shown).to.deep.equal([]);
  });

  for (const code of [
    'identity_invalid',
    'identity_reused',
    'token_expired',
    'forbidden',
  ] as const) {
    it(`that is refused with ${code} says so, and the visitor goes on as nobody`, async () => {
      const { client, clock, refuse } = createBench();
      refuse(code);
      const page = client();
      const refusal = codeOf(page.identify(ada));
      page.send('Hello');
      await clock.advance(1_000);

      expect(await refusal).to.equal(code);
      expect(texts(page)).to.deep.equal(['Hello']);
      expect(page.$thread.get().items[0]?.state).to.equal('sent');
      expect(page.$fault.get()).to.equal(null);
      const later = codeOf(page.identify(eve));
      await clock.advance(1_000);
      expect(await later).to.equal(code);
      expect(page.$connection.get().state).to.equal('online');
      refuse(null);
      const known = page.identify(ada);
      await clock.advance(1_000);
      await known;
      expect(texts(page)).to.deep.equal(['Hello']);
    });
  }

  it('is told again after trouble of the network, by the time it is asked for', async () => {
    const { client, clock, server, asked } = createBench();
    const page = client();
    page.consent();
    await clock.advance(100);
    server.cut({ stayDown: true });
    let signed = 0;
    const known = page.identify(async () => {
      signed++;
      return ada;
    });
    await clock.advance(5_000);
    expect(signed).to.be.greaterThan(1);
    server.restore();
    await clock.advance(60_000);
    await known;
    const requests = asked.length;
    await clock.advance(60_000);

    expect(asked.length).to.equal(requests);
    expect(page.$connection.get().state).to.equal('online');
  });

  for (const [what, signed] of [
    ['fails', () => Promise.reject(new Error('down'))],
    ['never answers', () => new Promise<never>(() => undefined)],
  ] as const) {
    it(`whose page ${what} to sign keeps nobody from writing`, async () => {
      const { client, clock } = createBench();
      const page = client();
      const refusal = codeOf(page.identify(signed));
      page.send('Hello');
      await clock.advance(11_000);

      expect(await refusal).to.equal(what === 'fails' ? 'identity_invalid' : 'timeout');
      expect(page.$thread.get().items[0]?.state).to.equal('sent');
    });
  }

  it('of another person shows theirs alone', async () => {
    const { client, clock } = createBench();
    const page = client();
    page.identify(ada).catch(() => undefined);
    page.send('I am Ada');
    await clock.advance(1_000);
    const known = page.identify(eve);
    await clock.advance(1_000);
    await known;

    expect(texts(page)).to.deep.equal([]);
    page.send('I am Eve');
    await clock.advance(1_000);
    expect(texts(page)).to.deep.equal(['I am Eve']);
  });
});

describe('logout of a visitor', () => {
  before(() => import('./visitor-acts.js'));

  it('leaves nothing in storage, revokes the token, and begins anew as nobody', async () => {
    const { client, clock, server } = createBench();
    const storage = memoryStorage();
    await storage.set(`draft/${server.workspace.id}/ag_1/cv_1`, 'An agent’s');
    const page = client(storage);
    page.start();
    page.send('Hello');
    page.setDraft('half');
    page.chooseGroup(null);
    await clock.advance(100);
    server.answer(page.$conversation.get()?.id ?? '', 'ag_2', 'Hi');
    await clock.advance(100);
    const token = (await storage.get(`visitor/${server.workspace.id}`)) as string;
    page.show('Need help?');
    await page.logout();
    await clock.advance(60_000);

    expect((await storage.entries('')).map(([key]) => key)).to.deep.equal([
      `draft/${server.workspace.id}/ag_1/cv_1`,
    ]);
    expect(server.workspace.revoked.has(token)).to.equal(true);
    expect(texts(page)).to.deep.equal([]);
    expect([page.$draft.get(), page.$unread.get(), page.$group.get()]).to.deep.equal([
      ...['', 0],
      undefined,
    ]);
    expect([page.$contact.get(), page.$conversation.get()]).to.deep.equal([null, null]);
    expect(page.$connection.get().state).to.equal('idle');
    page.send('Somebody else');
    await clock.advance(1_000);
    expect(texts(page)).to.deep.equal(['Somebody else']);
    expect(server.workspace.contacts.size).to.equal(2);
  });

  it('leaves nothing here even where the server could not be told', async () => {
    const { client, clock, server } = createBench();
    const storage = memoryStorage();
    const page = client(storage);
    page.send('Hello');
    await clock.advance(100);
    server.cut({ stayDown: true });
    page.send('Not sent');
    await clock.advance(100);

    expect(await codeOf(page.logout())).to.equal('connection_lost');
    expect(await storage.entries('')).to.deep.equal([]);
    server.restore();
    await clock.advance(60_000);
    expect(texts(page)).to.deep.equal([]);
    expect(await storage.entries('')).to.deep.equal([]);
  });

  it('while a token is on its way keeps none', async () => {
    const office = createLazyOffice();
    const { server, clock } = office;
    const storage = memoryStorage();
    const answers: (() => void)[] = [];
    const api = server.api();
    const page = createVisitorClient({
      transport: server.transport,
      api: {
        ...api,
        async visitorToken(request) {
          await new Promise<void>((resolve) => answers.push(resolve));
          return api.visitorToken(request);
        },
      },
      workspaceId: server.workspace.id,
      storage,
      clock,
    });
    page.send('Hello');
    await clock.advance(100);
    await page.logout();
    for (const answer of answers) answer();
    await clock.advance(60_000);

    expect(await storage.entries('')).to.deep.equal([]);
    expect(page.$connection.get().state).to.equal('idle');
  });

  function openTabs({ server, clock }: Office, share: boolean) {
    const tabs = createFakeTabs();
    const storage = memoryStorage();
    const workspaceId = server.workspace.id;
    const open = (): VisitorClient => {
      const client = createVisitorClient({
        transport: (options) =>
          createTabTransport({
            ...options,
            name: workspaceId,
            transport: server.transport,
            browser: share ? tabs.tab() : null,
            loadSharing: async () => sharing,
            clock,
          }),
        api: server.api(),
        workspaceId,
        storage,
        clock,
      });
      client.start();
      return client;
    };
    return { storage, open };
  }

  for (const share of [true, false]) {
    const which = share ? 'that share a connection' : 'that each have a connection';
    it(`leaves nothing in tabs ${which}`, async () => {
      const office = createLazyOffice();
      const { clock, server } = office;
      const { storage, open } = openTabs(office, share);
      const one = open();
      one.send('Hello');
      await clock.advance(100);
      const two = open();
      await clock.advance(100);
      two.setDraft('half');
      await clock.advance(100);
      expect(texts(two)).to.deep.equal(['Hello']);
      await one.logout();
      await clock.advance(60_000);
      await loaded();

      expect(await storage.entries('')).to.deep.equal([]);
      for (const client of [one, two]) {
        expect(texts(client)).to.deep.equal([]);
        expect([client.$draft.get(), client.$contact.get()]).to.deep.equal(['', null]);
        expect(client.$connection.get().state).to.equal('idle');
      }
      two.send('Somebody else');
      await clock.advance(10_000);
      expect(texts(two)).to.deep.equal(['Somebody else']);
      expect(server.workspace.contacts.size).to.equal(2);
    });
  }

  it('is heard by a tab that waits for an answer to its form', async () => {
    const office = createLazyOffice({
      workspace: {
        settings: {
          form: {
            when: 'before',
            fields: [{ key: 'name', labels: {}, required: true }],
            consents: [],
          },
        },
      },
    });
    const { clock, server } = office;
    const page = office.visitor();
    page.start();
    await clock.advance(100);
    await loaded();
    server.cut({ stayDown: true });
    const answer = codeOf(page.submitForm({ values: { name: 'Ada' }, consents: {} }));
    await clock.advance(100);
    await codeOf(page.logout());
    await loaded();

    expect(await answer).to.equal('token_invalid');
    expect(page.$form.get()?.fields.map(({ key }) => key)).to.deep.equal(['name']);
  });
});
