import { expect, html, nextFrame, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import {
  giulia,
  handClient,
  item,
  morning,
  ownItem,
  settingsOf,
  thread,
  type HandClient,
} from './chat-widget.fixture.js';
import './chat-widget.js';
import { widget } from './stage.fixture.js';
import type { ChatWidget } from './chat-widget.js';

const find = (element: ChatWidget, selector: string): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

const text = (element: ChatWidget, selector: string): string =>
  (find(element, selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();

const called = (client: HandClient, name: string): unknown[][] =>
  client.calls.filter(([called]) => called === name).map(([, ...args]) => args);

/** Sizes are observed at the end of a frame. */
async function settled(): Promise<void> {
  await nextFrame();
  await nextFrame();
}

/** A widget that shows its panel. */
async function opened(client: HandClient): Promise<ChatWidget> {
  const element = await widget(html` <chat-widget .client=${client} .open=${true}></chat-widget> `);
  await settled();
  return element;
}

describe('chat-widget', () => {
  let client: HandClient;

  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  beforeEach(() => {
    sessionStorage.clear();
    client = handClient();
  });

  describe('bubble', () => {
    it('is a button named Open chat', async () => {
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(find(element, 'button')?.ariaLabel).to.equal('Open chat');
      expect(called(client, 'start')).to.have.length(1);
    });

    it('tells how many messages are unread', async () => {
      client.$unread.set(2);
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(find(element, 'button')?.ariaLabel).to.equal('Open chat, 2 unread');
      expect(text(element, '.badge')).to.equal('2');
    });

    it('keeps its name in messenger mode', async () => {
      client.$availability.set({ mode: 'messenger', agents: [], version: 2 });
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(find(element, 'button')?.ariaLabel).to.equal('Open chat');
    });

    it('does not show until the server has told the mode, nor when that is hidden', async () => {
      client.$availability.set(null);
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(find(element, 'button')).to.equal(null);
      client.$availability.set({ mode: 'hidden', agents: [], version: 2 });
      await element.updateComplete;
      expect(find(element, 'button')).to.equal(null);
      client.$availability.set({ mode: 'live', agents: [], version: 3 });
      await element.updateComplete;
      expect(find(element, 'button')).to.not.equal(null);
    });

    it('takes no click beside itself', async () => {
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      const box = element.getBoundingClientRect();
      expect(box.width).to.equal(56);
      expect(box.height).to.equal(56);
      expect(document.elementFromPoint(box.left - 4, box.top + 4)).to.not.equal(element);
    });
  });

  describe('opening and closing', () => {
    it('opens by click, with focus in the field, and tells the page', async () => {
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      const told = oneEvent(element, 'chat-opened');
      find(element, 'button')?.click();
      await told;
      expect(element.open).to.equal(true);
      expect(element.shadowRoot?.activeElement?.ariaLabel).to.equal('Message');
      expect(find(element, '.launcher')?.ariaLabel).to.equal('Close chat');
    });

    it('closes by Escape, gives focus back and tells the page', async () => {
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      find(element, 'button')?.focus();
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      const told = oneEvent(element, 'chat-closed');
      await sendKeys({ press: 'Escape' });
      await told;
      expect(find(element, '.panel')).to.equal(null);
      expect(element.shadowRoot?.activeElement).to.equal(find(element, '.launcher'));
    });

    it('stays open over a reload in the same tab, without taking focus', async () => {
      const before = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      find(before, 'button')?.click();
      await before.updateComplete;
      before.remove();
      const after = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(after.open).to.equal(true);
      expect(after.shadowRoot?.activeElement).to.equal(null);
    });

    it('does not lose focus when what had it goes away', async () => {
      const failed = ownItem({ state: 'failed', error: { code: 'timeout', message: '' } });
      client.$thread.set(thread([failed]));
      const element = await opened(client);
      find(element, '.failure button')?.focus();
      client.$thread.set(thread([{ ...failed, state: 'sending', error: null }]));
      await element.updateComplete;
      expect(element.shadowRoot?.activeElement).to.equal(find(element, '.field'));
    });

    it('leaves a client of the page running when it is removed', async () => {
      const element = await opened(client);
      element.remove();
      await nextFrame();
      expect(called(client, 'dispose')).to.have.length(0);
    });
  });

  describe('writing', () => {
    it('sends on Enter and empties the field', async () => {
      const element = await opened(client);
      find(element, '.field')?.focus();
      await sendKeys({ type: 'Hello' });
      const sent = oneEvent(element, 'chat-message-sent');
      await sendKeys({ press: 'Enter' });
      expect((await sent).detail).to.deep.equal({ text: 'Hello', attachments: [] });
      expect(called(client, 'send')).to.deep.equal([['Hello', []]]);
      await element.updateComplete;
      expect(find(element, 'textarea')).to.have.property('value', '');
    });

    it('breaks the line on Shift+Enter', async () => {
      const element = await opened(client);
      find(element, '.field')?.focus();
      await sendKeys({ type: 'a' });
      await sendKeys({ press: 'Shift+Enter' });
      await sendKeys({ type: 'b' });
      expect(called(client, 'send')).to.deep.equal([]);
      expect(client.$draft.get()).to.equal('a\nb');
    });

    it('does not send while a word is being composed', async () => {
      client.$draft.set('にほん');
      const element = await opened(client);
      find(element, '.field')?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }),
      );
      expect(called(client, 'send')).to.deep.equal([]);
    });

    it('sends by the button', async () => {
      client.$draft.set('By hand');
      const element = await opened(client);
      find(element, '[aria-label="Send"]')?.click();
      expect(called(client, 'send')).to.deep.equal([['By hand', []]]);
    });

    it('keeps the text when the page stops it', async () => {
      client.$draft.set('Secret');
      const element = await opened(client);
      element.addEventListener('chat-before-message-send', (event) => event.preventDefault());
      find(element, '[aria-label="Send"]')?.click();
      expect(called(client, 'send')).to.deep.equal([]);
      expect(client.$draft.get()).to.equal('Secret');
    });

    it('never cuts a text short: it says that it is too long', async () => {
      client.$draft.set('x'.repeat(8_001));
      const element = await opened(client);
      expect(text(element, '[role="alert"]')).to.contain('too long');
      expect(find(element, '[aria-label="Send"]')).to.have.property('disabled', true);
      expect(find(element, 'textarea')).to.have.property('value').with.length(8_001);
    });

    it('tells that the visitor types, and that they stopped', async () => {
      const element = await opened(client);
      find(element, '.field')?.focus();
      await sendKeys({ type: 'a' });
      find(element, '.field')?.blur();
      expect(called(client, 'setTyping')).to.deep.equal([[true], [false]]);
    });
  });

  describe('messages', () => {
    it('shows author and time once for a run, and the small corner on its last', async () => {
      client.$thread.set(thread([item({ text: 'one' }), item({ text: 'two' })]));
      const element = await opened(client);
      const messages = [...(element.shadowRoot?.querySelectorAll('conv-message') ?? [])];
      expect(messages.map(({ last }) => last)).to.deep.equal([false, true]);
      expect(element.shadowRoot?.querySelectorAll('.meta')).to.have.length(1);
      expect(text(element, '.meta')).to.match(/^Giulia Rossi · /);
    });

    it('tells Seen, Sent and Sending', async () => {
      client.$thread.set(
        thread([
          ownItem({ state: 'read' }),
          ownItem({ state: 'delivered', createdAt: morning + 60_000 }),
          ownItem({ state: 'queued', createdAt: morning + 120_000 }),
        ]),
      );
      const element = await opened(client);
      const told = [...(element.shadowRoot?.querySelectorAll('[part="receipt"]') ?? [])];
      expect(told.map(({ textContent }) => textContent)).to.deep.equal(['Seen', 'Sending']);
      client.$thread.set(thread([ownItem({ state: 'sent' })]));
      await element.updateComplete;
      expect(text(element, '[part="receipt"]')).to.equal('Sent');
    });

    it('says why a message was not sent, and tries again', async () => {
      const failed = ownItem({ state: 'failed', error: { code: 'rate_limited', message: '' } });
      client.$thread.set(thread([failed]));
      const element = await opened(client);
      expect(text(element, '.failure')).to.match(/^Not sent · Too many requests/);
      find(element, '.failure button')?.click();
      expect(called(client, 'retry')).to.deep.equal([[failed.key]]);
    });

    it('shows who types', async () => {
      client.$thread.set(thread([item()]));
      client.$typing.set([{ type: 'agent', ...giulia }]);
      const element = await opened(client);
      expect(text(element, '.dots')).to.equal('Giulia Rossi is typing');
    });

    it('marks as read while the panel shows, not before', async () => {
      client.$thread.set(thread([item()]));
      client.$unread.set(1);
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(called(client, 'markRead')).to.have.length(0);
      element.open = true;
      await element.updateComplete;
      expect(called(client, 'markRead')).to.have.length(1);
    });
  });

  describe('states', () => {
    it('tells a lost connection in words, and what becomes of what is written', async () => {
      client.$connection.set({ state: 'reconnecting', code: null });
      const element = await opened(client);
      expect(text(element, '.connection')).to.match(/^No connection\./);
      find(element, '.connection button')?.click();
      expect(called(client, 'start')).to.have.length(2);
    });

    it('tells why the chat cannot work, in place of the field', async () => {
      const message = 'There is no such workspace.';
      client.$fault.set({ code: 'workspace_not_found', message });
      const element = await opened(client);
      expect(text(element, '.fault')).to.contain('There is no such workspace');
      expect(find(element, '.field')).to.equal(null);
    });

    it('tells that nobody is there in messenger mode', async () => {
      client.$availability.set({ mode: 'messenger', agents: [], version: 2 });
      const element = await opened(client);
      expect(text(element, '.availability')).to.match(/^Nobody is here right now/);
    });

    it('turns round for languages written from right to left', async () => {
      client.$thread.set(thread([ownItem(), item()]));
      const element = await opened(client);
      element.locale = 'ar';
      await element.updateComplete;
      const own = find(element, '.own conv-message')?.getBoundingClientRect();
      const theirs = find(element, '.theirs conv-message')?.getBoundingClientRect();
      expect(own?.left).to.be.below(theirs?.left ?? 0);
    });

    it('fills the screen of a phone', async () => {
      await setViewport({ width: 360, height: 640 });
      const element = await opened(client);
      const panel = find(element, '.panel') as HTMLElement;
      await Promise.all(panel.getAnimations().map(({ finished }) => finished));
      const box = panel.getBoundingClientRect();
      expect([box.left, box.top, box.width, box.height]).to.deep.equal([0, 0, 360, 640]);
      expect(find(element, '.minimize')?.ariaLabel).to.equal('Close chat');
      await setViewport({ width: 1024, height: 768 });
    });

    it('lets nothing of the page in', async () => {
      const page = document.createElement('style');
      page.textContent = `body { text-transform: uppercase; letter-spacing: 9px; direction: rtl; }
        button, textarea, section { display: none !important; }`;
      document.head.append(page);
      const element = await opened(client);
      const style = getComputedStyle(find(element, '.greeting') as HTMLElement);
      expect(style.textTransform).to.equal('none');
      expect(style.letterSpacing).to.not.equal('9px');
      expect(style.direction).to.equal('ltr');
      expect(getComputedStyle(find(element, '.panel') as HTMLElement).display).to.equal('flex');
      page.remove();
    });

    it('has no style attribute anywhere', async () => {
      client.$thread.set(thread([item(), ownItem()]));
      const element = await opened(client);
      expect(element.shadowRoot?.querySelectorAll('[style]')).to.have.length(0);
    });
  });

  describe('consent', () => {
    it('asks nothing of the visitor before they act', async () => {
      await opened(client);
      expect(called(client, 'consent')).to.have.length(0);
    });

    it('passes the consent of the page on, once', async () => {
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      element.consent = true;
      await element.updateComplete;
      element.requestUpdate();
      await element.updateComplete;
      expect(called(client, 'consent')).to.have.length(1);
    });

    it('takes it for given where the owner asserts another ground', async () => {
      client.$settings.set(settingsOf({ tracking: 'always' }));
      await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(called(client, 'consent')).to.have.length(1);
    });

    it('tells the page seen, but not where tracking is off', async () => {
      await widget(html`<chat-widget .client=${client}></chat-widget>`);
      expect(called(client, 'pageView')).to.have.length(1);
      const untracked = handClient();
      untracked.$settings.set(settingsOf({ tracking: 'none' }));
      await widget(html`<chat-widget consent .client=${untracked}></chat-widget>`);
      expect(called(untracked, 'pageView')).to.have.length(0);
      expect(called(untracked, 'consent')).to.have.length(0);
    });
  });
});
