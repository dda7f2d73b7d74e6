import { expect } from '@open-wc/testing';
import { obey } from './commands.js';
import type { AttachedChat, LoadedPage } from './loaded-page.js';

/** A page whose widget writes down what it is asked. */
function pageOf({ loaded = false } = {}) {
  const asked: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): void =>
      void asked.push([name, ...args]);
  const element = Object.assign(document.createElement('div'), {
    showMessage: note('showMessage'),
    setGroup: note('setGroup'),
    restart: note('restart'),
    logout: note('logout'),
  });
  const client = {
    pageView: note('pageView'),
    setContactData: note('setContactData'),
    updateContactData: note('updateContactData'),
  };
  const chat = {
    element,
    client,
    open: note('open'),
    close: note('close'),
    configure: note('configure'),
  } as unknown as AttachedChat;
  const life = new AbortController();
  const page = {
    options: {},
    calls: [],
    signal: life.signal,
    ...(loaded && { chat }),
    show: note('show'),
    warn: note('warn'),
    async load() {
      asked.push(['load']);
      page.chat = chat;
      return chat;
    },
  } as unknown as LoadedPage;
  return { page, asked, element };
}

describe('commands of the script API', () => {
  it('turn set… and reset… into options, and have the page drawn anew', async () => {
    const { page, asked } = pageOf();
    page.calls.push(
      ['setButtonPosition', 'bl'],
      ['setButtonSize', 75],
      ['setZIndex', 10],
      ['setColors', { buttonBg: '#000' }],
      ['resetButtonPosition'],
      ['setLocale', 'de'],
      ['consent'],
    );
    await obey(page);
    expect(page.options).to.deep.equal({
      buttonSize: 75,
      zIndex: 10,
      colors: { buttonBg: '#000' },
      language: 'de',
      consent: true,
    });
    expect(asked.filter(([name]) => name === 'show')).to.have.length(7);
  });

  it('keep what needs the widget until it is there, in order', async () => {
    const { page, asked } = pageOf();
    page.calls.push(['setIntegrationData', { a: 1 }], ['updateIntegrationData', { b: 2 }]);
    await obey(page);
    expect(asked).to.deep.equal([]);
    await page.load();
    await obey(page);
    expect(asked.filter(([name]) => name !== 'load')).to.deep.equal([
      ['setContactData', { a: 1 }],
      ['updateContactData', { b: 2 }],
    ]);
  });

  it('load the widget for what is to be done now', async () => {
    const { page, asked } = pageOf();
    page.calls.push(['sendAutoMessage', 'Hello']);
    await obey(page);
    expect(asked).to.deep.equal([['load'], ['showMessage', 'Hello']]);
  });

  it('choose the group that the page names', async () => {
    const { page, asked } = pageOf({ loaded: true });
    page.calls.push(['setGroupId', 'gr_1'], ['restartConversation'], ['logout']);
    await obey(page);
    expect(asked).to.deep.include(['setGroup', 'gr_1']);
    expect(asked).to.deep.include(['restart']);
    expect(asked).to.deep.include(['logout']);
  });

  it('tell a page by its path, by what the page says of it, or as the browser has it', async () => {
    const { page, asked } = pageOf({ loaded: true });
    page.calls.push(['pageView'], ['pageView', '/thanks'], ['pageView', { title: 'Thanks' }]);
    await obey(page);
    const seen = asked.filter(([name]) => name === 'pageView').map(([, view]) => view);
    const here = { url: location.href, title: document.title, language: navigator.language };
    expect(seen).to.deep.equal([
      here,
      { ...here, url: `${location.origin}/thanks` },
      { ...here, title: 'Thanks' },
    ]);
  });

  it('warn of a method that nobody knows', async () => {
    const { page, asked } = pageOf();
    page.calls.push(['dance']);
    await obey(page);
    expect(asked).to.deep.equal([['warn', 'unknown_method', 'dance']]);
  });

  it('tell callbacks and a tracker, and outlive a callback that throws', async () => {
    const { page, asked, element } = pageOf({ loaded: true });
    const told: unknown[] = [];
    page.options.onAnalyticEvent = (name) => told.push(name);
    page.options.onNewMessage = () => {
      throw new Error('of the page');
    };
    await obey(page);
    element.dispatchEvent(new CustomEvent('chat-message-sent', { detail: { text: 'Hi' } }));
    expect(told).to.deep.equal(['conversation_started', 'message_sent']);
    expect(asked.filter(([name]) => name === 'warn')[0]?.[1]).to.equal('callback_failed');
  });
});
