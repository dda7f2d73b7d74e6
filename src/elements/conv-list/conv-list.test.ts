import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { atom } from 'nanostores';
import { defaultView } from '../../domain/index.js';
import type { AgentClient, List, ListStore } from '../../store/agent-client.js';
import {
  find,
  findAll,
  focused,
  minute,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvList } from './conv-list.js';
import './conv-list.js';
import '../conv-nav/conv-nav.js';
import '../conv-provider/conv-provider.js';

async function shown(office: Office, cards = 1): Promise<ConvList> {
  const list = await fixture<ConvList>(html`<conv-list .client=${office.client}></conv-list>`);
  await until(() => findAll(list, '.card[data-id]').length >= cards);
  return list;
}

const ids = (list: ConvList): (string | undefined)[] =>
  findAll(list, '.card[data-id]').map((card) => card.dataset['id']);

const card = (list: ConvList, id: string): HTMLElement | null => find(list, `.card[data-id=${id}]`);

/** A client whose list is what the test says. */
function fixed(list: Partial<List>): AgentClient {
  const $list = atom<List>({
    status: 'ready',
    error: null,
    cards: [],
    more: false,
    loadingMore: false,
    ...list,
  });
  const { client } = openOffice([]);
  const store: ListStore = {
    view: defaultView,
    $list,
    loadMore: () => undefined,
    retry: () => $list.set({ ...$list.get(), status: 'loading' }),
    hold: () => undefined,
  };
  return { ...client, list: () => store };
}

describe('conv-list', () => {
  it('shows the view that its host chose, by attribute or later, and tells what it shows', async () => {
    const { client } = openOffice();
    const provider = await fixture(
      html`<conv-provider .client=${client}><conv-list view="all"></conv-list></conv-provider>`,
    );
    const list = provider.querySelector('conv-list')!;
    const heading = (): string => words(find(list, 'h2'));
    await until(() => heading() === 'All messages');
    list.view = 'mine';
    await until(() => heading() === 'My messages');
    expect(list.getAttribute('view')).to.equal('mine');
    const nav = document.createElement('conv-nav');
    provider.append(nav);
    (await until(() => find(nav, '[data-view=unassigned]'))).click();
    await until(() => list.getAttribute('view') === 'unassigned');
    list.setAttribute('view', 'everything');
    await until(() => list.getAttribute('view') === 'unassigned');
  });

  it('S3.8 a card tells name, last message, time, channel and dot', async () => {
    const list = await shown(openOffice(), 2);
    const text = words(card(list, 'cv_paula'));
    expect(text).to.contain('Paula Brandt');
    expect(text).to.contain('The delivery came late.');
    expect(text).to.contain('30 min');
    expect(text).to.contain('Chat');
    expect(card(list, 'cv_paula')?.querySelector('conv-dot')?.status).to.equal('new');
  });

  it('shows who wrote last, and who has it', async () => {
    const office = openOffice();
    const provider = await fixture(
      html`<conv-provider .client=${office.client}>
        <conv-nav></conv-nav><conv-list></conv-list>
      </conv-provider>`,
    );
    const list = provider.querySelector('conv-list')!;
    const nav = provider.querySelector('conv-nav')!;
    await until(() => find(nav, 'a'));
    findAll(nav, 'a').at(-1)?.click();
    await until(() => card(list, 'cv_sinead'));
    expect(words(card(list, 'cv_sinead'))).to.contain('Tomás Moreno: Sent you the chart.');
    const faces = card(list, 'cv_sinead')?.querySelector('.assignees');
    expect(faces?.getAttribute('aria-label')).to.equal('Assigned to Tomás Moreno');
    expect(words(find(list, 'h2'))).to.equal('All messages');
  });

  it('is accessible with cards, loading, empty and failed', async () => {
    const list = await shown(openOffice(), 2);
    await expect(list).to.be.accessible();
    for (const state of [
      { status: 'loading' },
      {},
      { status: 'error', error: { code: 'unavailable', message: 'Busy' } },
    ] satisfies Partial<List>[]) {
      list.client = fixed(state);
      await list.updateComplete;
      await expect(list).to.be.accessible();
    }
  });

  it('S3.12 each state says what will happen or what to do', async () => {
    const list = await fixture<ConvList>(
      html`<conv-list .client=${fixed({ status: 'loading' })}></conv-list>`,
    );
    expect(words(find(list, '[role=status]'))).to.equal('Loading conversations');
    list.client = fixed({});
    await list.updateComplete;
    expect(words(find(list, '.state'))).to.contain('New conversations appear here');
    list.client = fixed({ status: 'error', error: { code: 'unavailable', message: '' } });
    await list.updateComplete;
    expect(words(find(list, '[role=alert]'))).to.contain('The server is busy');
    find(list, '.state .button')?.click();
    await list.updateComplete;
    expect(words(find(list, '[role=status]'))).to.equal('Loading conversations');
  });

  it('says so while there is no connection', async () => {
    const office = openOffice();
    const list = await shown(office);
    office.server.cut({ stayDown: true });
    const note = await until(() => find(list, '.note'));
    expect(words(note)).to.contain('brought up to date when it is back');
    office.server.restore();
    await until(() => !find(list, '.note'));
  });

  it('says why the server refused the connection', async () => {
    const office = openOffice();
    office.server.refuse('forbidden');
    const list = await fixture<ConvList>(html`<conv-list .client=${office.client}></conv-list>`);
    const alert = await until(() => find(list, '[role=alert]'));
    expect(words(alert)).to.contain('You may not do this');
    office.server.refuse(null);
    find(list, '.state .button')?.click();
    await until(() => card(list, 'cv_maja'));
  });

  it('opens a conversation with the keyboard; the cards are one tab stop', async () => {
    const list = await shown(openOffice(), 2);
    const opened = oneEvent(list, 'conv-conversation-opened');
    find(list, '.sort')?.focus();
    await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal(card(list, 'cv_maja'));
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal(card(list, 'cv_paula'));
    await sendKeys({ press: 'Enter' });
    expect((await opened).detail).to.deep.equal({ conversationId: 'cv_paula' });
    await list.updateComplete;
    expect(card(list, 'cv_paula')?.getAttribute('aria-current')).to.equal('true');
    expect(findAll(list, '.card[tabindex="0"]').length).to.equal(1);
  });

  it('S3.14 a card that moves keeps the focus', async () => {
    const office = openOffice();
    const list = await shown(office, 2);
    card(list, 'cv_paula')?.focus();
    office.server.say('ct_paula', 'Anybody there?');
    await until(() => ids(list)[0] === 'cv_paula');
    expect(focused()).to.equal(card(list, 'cv_paula'));
    office.server.say('ct_maja', 'Hello?');
    await until(() => ids(list)[0] === 'cv_maja');
    expect(focused()).to.equal(card(list, 'cv_paula'));
  });

  it('S3.14 no card moves away under a pointer that aims', async () => {
    const office = openOffice();
    const list = await shown(office, 2);
    const { left, top, height } = card(list, 'cv_paula')!.getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(left + 20), Math.round(top + 8)] });
    await sendMouse({
      type: 'move',
      position: [Math.round(left + 22), Math.round(top + height / 2)],
    });
    office.server.say('ct_paula', 'Anybody there?');
    await until(() => words(card(list, 'cv_paula')).includes('Anybody there?'));
    expect(ids(list)).to.deep.equal(['cv_maja', 'cv_paula']);
    await resetMouse();
    await sendMouse({ type: 'move', position: [1, 1] });
    find(list, 'ul')?.dispatchEvent(new PointerEvent('pointerleave'));
    await until(() => ids(list)[0] === 'cv_paula');
  });

  it('S3.14 the open conversation keeps its card until another is opened', async () => {
    const office = openOffice();
    const list = await shown(office, 2);
    card(list, 'cv_paula')?.click();
    await list.updateComplete;
    office.server.answer('cv_paula', 'ag_tomas', 'I take this.');
    await until(() => words(card(list, 'cv_paula')).includes('I take this.'));
    card(list, 'cv_maja')?.click();
    await until(() => !card(list, 'cv_paula'));
  });

  it('S3.9 closes a conversation; the focus goes to a neighbour', async () => {
    const office = openOffice();
    const list = await shown(office, 2);
    const closed = oneEvent(list, 'conv-conversation-closed');
    card(list, 'cv_maja')?.focus();
    await list.updateComplete;
    await sendKeys({ press: 'Tab' });
    expect(focused()?.getAttribute('aria-label')).to.match(
      /^Select Maja Lindqvist, I need it before the 4th, /,
    );
    await sendKeys({ press: 'Tab' });
    expect(focused()?.getAttribute('aria-label')).to.equal('Close conversation');
    await sendKeys({ press: 'Enter' });
    expect((await closed).detail).to.deep.equal({ conversationId: 'cv_maja' });
    await until(() => !card(list, 'cv_maja'));
    expect(focused()).to.equal(card(list, 'cv_paula'));
  });

  it('a host can keep a conversation from being closed', async () => {
    const office = openOffice();
    const list = await shown(office, 2);
    list.addEventListener('conv-before-conversation-close', (event) => event.preventDefault());
    find(list, '.close[data-id=cv_maja]')?.click();
    await list.updateComplete;
    expect(office.server.workspace.conversations.get('cv_maja')?.state).to.equal('open');
  });

  it('says why a conversation could not be closed', async () => {
    const office = openOffice();
    const list = await shown(office, 2);
    office.server.cut({ stayDown: true });
    find(list, '.close[data-id=cv_maja]')?.click();
    const fault = await until(() => find(list, '.fault'));
    expect(words(fault)).to.contain('no connection');
    expect(card(list, 'cv_maja')).not.to.equal(null);
  });

  it('S3.5 S3.6 S3.7 filters by channel and state, and turns the order round', async () => {
    const office = openOffice();
    const list = await shown(office, 2);
    expect(ids(list)).to.deep.equal(['cv_maja', 'cv_paula']);
    find(list, '.sort')?.click();
    await until(() => ids(list)[0] === 'cv_paula');
    expect(find(list, '.sort')?.getAttribute('aria-label')).to.equal('Oldest first');
    const [channel, state] = findAll<HTMLSelectElement>(list, 'select') as [
      HTMLSelectElement,
      HTMLSelectElement,
    ];
    channel.value = 'email';
    channel.dispatchEvent(new Event('change'));
    await until(() => ids(list).length === 0 && find(list, '.state'));
    expect(words(find(list, '.state'))).to.contain('Nothing here from this channel');
    find<HTMLButtonElement>(list, '.state button')?.click();
    await until(() => ids(list).length > 0);
    expect(channel.value).to.equal('all');
    expect(list.shadowRoot?.activeElement === channel).to.equal(true);
    state.value = 'closed';
    state.dispatchEvent(new Event('change'));
    await until(() => words(find(list, '.state')).includes('No closed conversations'));
  });

  it('loads more near its end', async () => {
    const many = Array.from({ length: 120 }, (_, at) => ({
      id: `cv_${at}`,
      contact: { name: `Person ${at}` },
      messages: [{ text: 'Hello', agoMs: at * minute }],
    }));
    const list = await shown(openOffice(many), 50);
    list.classList.add('tall');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':host { block-size: 400px }');
    list.shadowRoot?.adoptedStyleSheets.push(sheet);
    const scroller = find(list, '.scroller')!;
    for (const wanted of [100, 120]) {
      scroller.scrollTop = scroller.scrollHeight;
      await until(() => ids(list).length >= wanted);
    }
    expect(new Set(ids(list)).size).to.equal(120);
  });

  it('reads from right to left', async () => {
    const office = openOffice();
    const list = await fixture<ConvList>(
      html`<conv-list lang="ar" .client=${office.client}></conv-list>`,
    );
    await until(() => card(list, 'cv_maja'));
    const avatar = card(list, 'cv_maja')!.querySelector('conv-avatar')!.getBoundingClientRect();
    const time = card(list, 'cv_maja')!.querySelector('time')!.getBoundingClientRect();
    expect(avatar.left).to.be.greaterThan(time.left);
    await expect(list).to.be.accessible();
  });
});
