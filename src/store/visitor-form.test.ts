import { expect } from '@open-wc/testing';
import type { ContactForm, FormMoment } from '../domain/index.js';
import { CodedError } from '../protocol/index.js';
import { memoryStorage, type KeyValue } from './storage.js';
import { createLazyOffice, loaded, type Office } from './testing.fixture.js';
import type { VisitorClient } from './visitor-client.js';

function formOf(when: FormMoment): ContactForm {
  return {
    when,
    fields: [
      { key: 'name', labels: {}, required: true },
      { key: 'email', labels: {}, required: false },
      { key: 'phone', labels: {}, required: false },
      { key: 'Plan', labels: { en: 'Plan' }, required: false },
    ],
    consents: [
      { name: 'terms', texts: { en: 'I agree' }, url: 'https://shop.example/', required: true },
      { name: 'marketing', texts: { en: 'Send me news' }, url: null, required: false },
    ],
  };
}

const answers = { values: { name: 'Ada', email: ' ' }, consents: { terms: true } };

function asked(client: VisitorClient): string[] {
  const { fields = [], consents = [] } = client.$form.get() ?? {};
  return [...fields.map(({ key }) => key), ...consents.map(({ name }) => name)];
}

function texts(client: VisitorClient): string[] {
  return client.$thread.get().items.map(({ text, state }) => `${text} ${state ?? ''}`);
}

/** What a thread holds: system lines by type, of messages the text. */
function linesIn({ server }: Office): string[] {
  return [...server.workspace.conversations.values()].flatMap(({ messages }) =>
    messages.map(({ system, text }) => system?.type ?? text),
  );
}

async function opened(when: FormMoment, connected = true) {
  const office = createLazyOffice({
    agents: [{ id: 'ag_1', name: 'Ann', role: 'owner', connected }],
    workspace: { settings: { form: formOf(when) } },
  });
  const open = async (storage: KeyValue): Promise<VisitorClient> => {
    const client = office.visitor(storage);
    client.start();
    await office.clock.advance(100);
    await loaded();
    return client;
  };
  const storage = memoryStorage();
  return { ...office, storage, open, client: await open(storage) };
}

describe('contact form of a visitor', () => {
  before(() => import('./visitor-acts.js'));

  it('before the first message it is asked, the composer waits, and nothing is stored', async () => {
    const { client, storage, server } = await opened('before');

    expect(asked(client)).to.deep.equal([
      ...['name', 'email', 'phone', 'Plan'],
      ...['terms', 'marketing'],
    ]);
    expect(client.$formBlocks.get()).to.equal(true);
    expect(await storage.entries('')).to.deep.equal([]);
    expect(server.workspace.contacts.size).to.equal(0);
  });

  it('answers take a token, go before the message, and are asked no more', async () => {
    const office = await opened('before');
    const { client, server, clock, storage } = office;
    const done = client.submitForm({ ...answers, values: { ...answers.values, Plan: 'Pro' } });
    client.send('Hello');
    await loaded();
    expect(asked(client)).to.deep.equal([]);
    expect(client.$formBlocks.get()).to.equal(false);
    await clock.advance(100);
    await done;

    expect(linesIn(office)).to.deep.equal(['form', 'Hello']);
    const [contact] = server.workspace.contacts.values();
    expect([contact?.name, contact?.email]).to.deep.equal(['Ada', null]);
    expect(contact?.attributes).to.deep.equal([{ key: 'Plan', value: 'Pro' }]);
    expect(client.$contact.get()?.given).to.deep.equal(['name', 'Plan', 'terms']);
    client.dispose();
    const next = await office.open(storage);
    next.restart().catch(() => undefined);
    await clock.advance(100);
    expect(next.$conversation.get()).to.equal(null);
    expect(asked(next)).to.deep.equal([]);
  });

  it('waits for a connection through a reload, and is sent once', async () => {
    const office = await opened('before');
    const { client, server, clock, storage } = office;
    server.cut({ stayDown: true });
    client.submitForm(answers).catch(() => undefined);
    await loaded();
    client.send('Hello');
    await clock.advance(100);
    expect(texts(client)).to.deep.equal(['Hello queued']);
    client.dispose();
    const next = office.visitor(storage);
    next.start();
    await clock.advance(100);
    expect(texts(next)).to.deep.equal(['Hello queued']);
    server.restore();
    await clock.advance(60_000);

    expect(texts(next)).to.deep.equal(['Hello sent']);
    expect(linesIn(office)).to.deep.equal(['form', 'Hello']);
    expect(asked(next)).to.deep.equal([]);
    expect((await storage.entries('outbox/')).length).to.equal(0);
  });

  it('what was refused is asked again, and says why', async () => {
    const { client, clock, storage } = await opened('before');
    const before = asked(client);
    const refusal = client
      .submitForm({ ...answers, values: { name: 'Ada', email: 'nobody' } })
      .catch((error: unknown) => error);
    await clock.advance(100);
    const error = await refusal;

    expect(error).to.be.instanceOf(CodedError);
    expect((error as CodedError).code).to.equal('invalid_email');
    expect(asked(client)).to.deep.equal(before);
    expect(client.$formBlocks.get()).to.equal(true);
    await loaded();
    expect((await storage.entries('outbox/')).length).to.equal(0);
  });

  it('a message that was refused because answers were missing goes once they are there', async () => {
    const office = createLazyOffice({ workspace: { settings: { form: formOf('before') } } });
    const { clock } = office;
    const client = office.visitor();
    client.send('Hello');
    await clock.advance(100);
    await loaded();
    expect(client.$thread.get().items[0]?.error?.code).to.equal('form_required');
    expect(client.$formBlocks.get()).to.equal(true);
    const done = client.submitForm(answers);
    await clock.advance(100);
    await done;
    await clock.advance(100);

    expect(texts(client)).to.deep.equal(['Hello sent']);
  });

  it('after the first message it is asked then, and nobody waits', async () => {
    const { client, clock, server } = await opened('after');
    expect(asked(client)).to.deep.equal([]);
    server.cut({ stayDown: true });
    client.send('Hello');
    await clock.advance(100);
    expect(asked(client)).to.include('name');
    expect(client.$formBlocks.get()).to.equal(false);
    server.restore();
    await clock.advance(60_000);
    const done = client.submitForm(answers);
    await clock.advance(100);
    await done;

    expect(asked(client)).to.deep.equal([]);
    expect(client.$contact.get()?.given).to.deep.equal(['name', 'terms']);
  });

  it('while nobody is there it is asked, and no longer when somebody came', async () => {
    const { client, clock, server } = await opened('offline', false);
    expect(asked(client)).to.include('name');
    expect(client.$formBlocks.get()).to.equal(true);
    client.consent();
    await clock.advance(100);
    server.acts.tab('ag_1', 1);
    await clock.advance(100);

    expect(asked(client)).to.deep.equal([]);
    expect(client.$formBlocks.get()).to.equal(false);
  });

  it('what the workspace asks now is asked at once', async () => {
    const { clock, server, visitor } = createLazyOffice();
    const client = visitor();
    client.start();
    client.consent();
    await clock.advance(100);
    expect(asked(client)).to.deep.equal([]);
    server.updateSettings({ form: formOf('before') });
    await clock.advance(100);
    await loaded();
    expect(asked(client)).to.include('name');
    const [contact] = server.workspace.contacts.values();
    server.updateContact(contact?.id ?? '', { name: 'Ada' });
    await clock.advance(100);

    expect(asked(client)).not.to.include('name');
  });

  it('what a known visitor gave is not asked before the server says what is left', async () => {
    const office = await opened('before');
    const done = office.client.submitForm(answers);
    await office.clock.advance(100);
    await done;
    office.client.dispose();
    office.server.network.up = false;
    const next = office.visitor(office.storage);
    const { settings, availability } = {
      settings: office.client.$settings.get(),
      availability: office.client.$availability.get(),
    };
    if (!settings || !availability) throw new Error('The configuration was not loaded.');
    const workspaceId = office.server.workspace.id;
    next.configured({ workspaceId, settings, availability, country: 'SE' });
    next.start();
    await office.clock.advance(100);
    await loaded();

    expect(next.$country.get()).to.equal('SE');
    expect(asked(next)).to.deep.equal([]);
  });
});
