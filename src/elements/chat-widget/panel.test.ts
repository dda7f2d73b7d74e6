import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { defaultLook, withLook, type WidgetMode } from '../../domain/index.js';
import {
  ana,
  giulia,
  handClient,
  item,
  ownItem,
  settingsOf,
  thread,
  tomas,
  type HandClient,
} from './chat-widget.fixture.js';
import { called, drawn, find, get, staged, textOf } from './stage.fixture.js';

describe('the panel of chat-widget', () => {
  let client: HandClient;

  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  beforeEach(() => {
    sessionStorage.clear();
    client = handClient();
  });

  it('S5.2 has faces, availability, greeting, log and field; tells of the connection, sounds, and says no maker', async () => {
    let rings = 0;
    client.onRing = () => {
      rings++;
      return () => undefined;
    };
    const element = await staged(client, { open: true, locale: 'en' });
    const faces = [...(element.shadowRoot?.querySelectorAll('.face') ?? [])];
    expect(faces.map((face) => (face as HTMLElement & { name: string }).name)).to.deep.equal(
      [giulia, tomas, ana].map(({ name }) => name),
    );
    expect(textOf(element, '.availability')).to.equal('Usually answers in a few minutes');
    expect(textOf(element, '.greeting')).to.equal('Hej! How can we help?');
    expect(get(element, '[role="log"]').ariaLabel).to.equal('Messages');
    expect(get(element, '.field').ariaLabel).to.equal('Message');
    expect(get(element, '.send').ariaLabel).to.equal('Send');
    expect(find(element, '.powered')).to.equal(null);
    const words = [];
    for (const state of ['connecting', 'reconnecting', 'refused', 'online'] as const) {
      client.$connection.set({ state, code: null });
      await drawn(element);
      words.push(textOf(element, '.connection > span'));
    }
    expect(words.map((text) => text.split('.')[0])).to.deep.equal([
      'Connecting…',
      'No connection',
      'The chat is not available to you right now',
      '',
    ]);
    client.$connection.set({ state: 'reconnecting', code: null });
    await drawn(element);
    get(element, '.connection button').click();
    expect(called(client, 'start')).to.have.length(2);
    expect(rings).to.be.above(0);
    client.$settings.set(settingsOf({ look: withLook(defaultLook, { sound: false }) }));
    await drawn(element);
    get(element, '.menu-button').click();
    await drawn(element);
    expect(textOf(element, '[role="menuitem"]')).to.equal('Turn sound on');
  });

  it('S5.3 tells who types, one or several, each receipt with retry, and loads older ones on scroll', async () => {
    const failed = ownItem({ state: 'failed', error: { code: 'timeout', message: '' } });
    const items = [
      ...Array.from({ length: 30 }, () => item()),
      ownItem({ state: 'read' }),
      ownItem({ state: 'sent' }),
      failed,
      ownItem({ state: 'sending' }),
    ].map((one, at) => ({ ...one, createdAt: one.createdAt + at * 60_000 }));
    client.$thread.set(thread(items, { hasOlder: true }));
    client.$typing.set([{ type: 'agent', ...giulia }]);
    const element = await staged(client, { open: true });
    expect(textOf(element, '.dots')).to.equal('Giulia Rossi is typing');
    client.$typing.set([
      { type: 'agent', ...giulia },
      { type: 'agent', ...tomas },
    ]);
    await drawn(element);
    expect(textOf(element, '.dots')).to.equal('Giulia Rossi and Tomás Moreno are typing');
    const told = [...(element.shadowRoot?.querySelectorAll('[part="receipt"]') ?? [])];
    expect(told.map(({ textContent }) => textContent)).to.include.members(['Seen', 'Sending']);
    expect(textOf(element, '.failure > span')).to.match(/^Not sent/);
    get(element, '.failure button').click();
    expect(called(client, 'retry')).to.deep.equal([[failed.key]]);
    client.$thread.set(thread(items.slice(0, -2), { hasOlder: true }));
    await drawn(element);
    const receipts = [...(element.shadowRoot?.querySelectorAll('[part="receipt"]') ?? [])];
    expect(receipts.map(({ textContent }) => textContent)).to.deep.equal(['Seen', 'Sent']);
    const before = called(client, 'loadOlder').length;
    get(element, '.log').scrollTop = 0;
    get(element, '.log').dispatchEvent(new Event('scroll'));
    expect(called(client, 'loadOlder').length).to.be.above(before);
  });

  it('S5.9 is live, a messenger, or hidden', async () => {
    const element = await staged(client, { locale: 'en' });
    const shown = async (mode: WidgetMode): Promise<string> => {
      client.$availability.set({ mode, agents: [], version: 2 });
      element.open = mode !== 'hidden';
      await drawn(element);
      const words = textOf(element, '.availability').split('.')[0] ?? '';
      element.closeChat();
      await drawn(element);
      return find(element, '.launcher') ? words : 'no button';
    };
    expect([await shown('live'), await shown('messenger'), await shown('hidden')]).to.deep.equal([
      'Usually answers in a few minutes',
      'Nobody is here right now',
      'no button',
    ]);
  });

  it('is ready once, and tells how many messages are unread', async () => {
    const settings = client.$settings.get();
    client.$settings.set(null);
    const told: string[] = [];
    const hear = (event: Event): void => {
      told.push(`${event.type} ${JSON.stringify((event as CustomEvent).detail)}`);
    };
    for (const type of ['chat-ready', 'chat-unread-changed']) {
      document.addEventListener(type, hear);
    }
    const element = await staged(client);
    expect(told).to.deep.equal([]);
    client.$settings.set(settings);
    await drawn(element);
    client.$unread.set(2);
    await drawn(element);
    for (const type of ['chat-ready', 'chat-unread-changed']) {
      document.removeEventListener(type, hear);
    }
    expect(told).to.deep.equal(['chat-ready {}', 'chat-unread-changed {"unread":2}']);
  });

  it('tells its client who the visitor is, once', async () => {
    const identity = { token: 'signed' };
    const element = await staged(client, { identity });
    element.requestUpdate();
    await drawn(element);
    expect(called(client, 'identify')).to.deep.equal([[identity]]);
    const other = handClient();
    element.client = other;
    await drawn(element);
    expect(called(other, 'identify')).to.deep.equal([[identity]]);
  });

  it('keeps a choice of sound for the tab, and with it nothing of a visitor in memory', async () => {
    const element = await staged(client, { open: true, storage: 'memory' });
    get(element, '.menu-button').focus();
    await sendKeys({ press: 'Enter' });
    await drawn(element);
    await sendKeys({ press: 'Enter' });
    await drawn(element);
    expect(sessionStorage).to.have.length(0);
    element.closeChat();
    await drawn(element);
    expect(sessionStorage).to.have.length(0);
  });
});
