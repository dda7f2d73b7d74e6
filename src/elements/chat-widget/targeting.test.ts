import { expect, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { TargetCondition, TargetedMessage } from '../../domain/index.js';
import { handClient, item, settingsOf, thread, type HandClient } from './chat-widget.fixture.js';
import { called, drawn, find, get, staged, textOf } from './stage.fixture.js';

let made = 0;

function target(
  conditions: TargetCondition[],
  change: Partial<TargetedMessage> = {},
): TargetedMessage {
  return {
    id: `target-${++made}`,
    active: true,
    when: 'either',
    match: 'all',
    conditions,
    action: { type: 'message', texts: { en: 'May we help?', de: 'Können wir helfen?' } },
    repeat: 'once',
    ...change,
  };
}

describe('targeted messages of chat-widget', () => {
  const address = location.href;
  let client: HandClient;
  const aim = (...targeted: TargetedMessage[]): void =>
    client.$settings.set(settingsOf({ targeted }));

  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  beforeEach(() => {
    sessionStorage.clear();
    localStorage.clear();
    client = handClient();
  });
  afterEach(() => {
    history.replaceState(null, '', address);
    localStorage.clear();
  });

  it('show a message beside the button, which opens the chat', async () => {
    const due = target([]);
    aim(due);
    const element = await staged(client, { locale: 'de' });
    expect(textOf(element, '.teaser-text')).to.equal('Können wir helfen?');
    expect(called(client, 'show')).to.deep.equal([['Können wir helfen?', due.id]]);
    expect(textOf(element, '.announcer')).to.contain('Können wir helfen?');
    get(element, '.teaser-text').click();
    await drawn(element);
    expect(element.open).to.equal(true);
    expect(find(element, '.teaser')).to.equal(null);
  });

  it('can be dismissed by keyboard', async () => {
    aim(target([]));
    const element = await staged(client);
    get(element, '.dismiss').focus();
    await sendKeys({ press: 'Enter' });
    await drawn(element);
    expect(find(element, '.teaser')).to.equal(null);
    expect(element.open).to.equal(false);
  });

  it('open the chat and leave the focus in the page', async () => {
    aim(target([], { action: { type: 'open' } }));
    const element = await staged(client);
    await drawn(element);
    expect(element.open).to.equal(true);
    expect(element.shadowRoot?.activeElement).to.equal(null);
    expect(sessionStorage).to.have.length(0);
  });

  it('ask for a group, unless the visitor has chosen', async () => {
    aim(target([], { action: { type: 'assign', groupId: 'sales' } }));
    await staged(client);
    expect(called(client, 'chooseGroup')).to.deep.equal([['sales']]);
    const other = handClient();
    other.$group.set(null);
    other.$settings.set(
      settingsOf({ targeted: [target([], { action: { type: 'assign', groupId: 'sales' } })] }),
    );
    await staged(other);
    expect(called(other, 'chooseGroup')).to.have.length(0);
  });

  it('notice single-page navigation, and the pages before', async () => {
    aim(
      target([
        { type: 'url', test: 'contains', value: '#/cart' },
        { type: 'previous-page', test: 'contains', value: '#/bikes' },
        { type: 'pages-seen', atLeast: 3 },
      ]),
    );
    await staged(client);
    history.pushState(null, '', '#/bikes');
    await waitUntil(() => called(client, 'pageView').length === 2);
    expect(called(client, 'show')).to.have.length(0);
    history.pushState(null, '', '#/cart');
    await waitUntil(() => called(client, 'show').length === 1);
  });

  it('wait for the time on the page', async () => {
    const hour = 3_600_000;
    const { setTimeout: schedule } = window;
    const began = performance.now();
    let passed = 0;
    const waiting: (() => void)[] = [];
    performance.now = () => began + passed;
    window.setTimeout = ((run: () => void, ms?: number) =>
      ms !== undefined && ms >= hour
        ? waiting.push(run)
        : schedule(run, ms)) as typeof window.setTimeout;
    try {
      aim(target([{ type: 'time-on-page', seconds: (began + hour) / 1_000 }]));
      await staged(client);
      expect(called(client, 'show')).to.have.length(0);
      expect(waiting).to.not.have.length(0);
      passed = hour;
      waiting.at(-1)?.();
      expect(called(client, 'show')).to.have.length(1);
    } finally {
      window.setTimeout = schedule;
      Reflect.deleteProperty(performance, 'now');
    }
  });

  it('look at country, device, language and who is there', async () => {
    const conditions: TargetCondition[] = [
      { type: 'country', any: ['SE'] },
      { type: 'device', any: ['desktop'] },
      { type: 'language', any: ['sv'] },
    ];
    aim(target(conditions, { when: 'available' }));
    client.$country.set('SE');
    await staged(client, { locale: 'sv-SE' });
    expect(called(client, 'show')).to.have.length(1);
    const nobody = handClient();
    nobody.$country.set('SE');
    nobody.$availability.set({ mode: 'messenger', agents: [], version: 1 });
    nobody.$settings.set(settingsOf({ targeted: [target(conditions, { when: 'available' })] }));
    await staged(nobody, { locale: 'sv-SE' });
    expect(called(nobody, 'show')).to.have.length(0);
  });

  it('keep nothing in this browser before consent, and come once for each visitor after it', async () => {
    const due = target([]);
    aim(due);
    const before = await staged(client);
    expect([localStorage.length, sessionStorage.length]).to.deep.equal([0, 0]);
    before.consent = true;
    await drawn(before);
    expect(localStorage).to.have.length(1);
    before.remove();
    sessionStorage.clear();
    const returned = handClient();
    returned.$settings.set(
      settingsOf({
        targeted: [due, target([{ type: 'visits', atLeast: 2 }], { repeat: 'visit' })],
      }),
    );
    await staged(returned, { consent: true });
    expect(called(returned, 'show').map(([, id]) => id)).to.deep.equal([`target-${made}`]);
  });

  it('are shown by the page as well, and in the conversation as the team’s', async () => {
    const element = await staged(client);
    await element.showMessage('Free delivery today');
    await drawn(element);
    expect(textOf(element, '.teaser-text')).to.equal('Free delivery today');
    client.$thread.set(
      thread([
        item({
          kind: 'system',
          text: '',
          position: null,
          author: { type: 'system', id: null, name: null, avatarUrl: null },
          system: { type: 'shown', text: 'Free delivery today', targetedId: null },
        }),
      ]),
    );
    element.openChat();
    await drawn(element);
    const bubble = find(element, '.theirs conv-message')?.shadowRoot;
    expect(bubble?.querySelector('.bubble')?.textContent.trim()).to.equal('Free delivery today');
    expect(textOf(element, '.meta')).to.match(/^The team/);
  });

  it('forget the visitor who logs out', async () => {
    const due = target([]);
    aim(due);
    const kept = (): string => JSON.stringify({ ...localStorage, ...sessionStorage });
    const element = await staged(client, { consent: true });
    expect(kept()).to.contain(due.id);
    await element.logout();
    await drawn(element);
    expect(kept()).to.not.contain(due.id);
    expect(called(client, 'logout')).to.have.length(1);
  });
});
