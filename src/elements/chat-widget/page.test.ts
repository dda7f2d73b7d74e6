import { aTimeout, expect, html, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { PageSeen } from '../../store/visitor-client.js';
import { handClient, item, thread, type HandClient } from './chat-widget.fixture.js';
import './chat-widget.js';
import { widget } from './stage.fixture.js';
import type { ChatWidget } from './chat-widget.js';

const find = (element: ChatWidget, selector: string): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

describe('chat-widget on a page', () => {
  let client: HandClient;

  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  beforeEach(() => {
    sessionStorage.clear();
    client = handClient();
  });

  describe('pages seen', () => {
    const address = location.href;
    const titles = (): string[] =>
      client.calls
        .filter(([name]) => name === 'pageView')
        .map(([, page]) => new URL((page as PageSeen).url).hash);

    afterEach(() => history.replaceState(null, '', address));

    it('are told at first, and after each navigation within the page (S5.8)', async () => {
      await widget(html`<chat-widget .client=${client}></chat-widget>`);
      history.pushState(null, '', '#/city');
      await waitUntil(() => titles().length === 2);
      history.replaceState(null, '', '#/gravel');
      await waitUntil(() => titles().length === 3);
      expect(titles()).to.deep.equal([new URL(address).hash, '#/city', '#/gravel']);
    });

    it('are not told once the widget is gone', async () => {
      const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
      element.remove();
      history.pushState(null, '', '#/away');
      await aTimeout(0);
      expect(titles()).to.deep.equal([new URL(address).hash]);
    });
  });

  describe('phones', () => {
    before(() => setViewport({ width: 360, height: 640 }));
    after(() => setViewport({ width: 1024, height: 768 }));

    it('keep Tab inside the panel that covers the page', async () => {
      const element = await widget(html`<chat-widget .client=${client} open></chat-widget>`);
      find(element, '.send')?.focus();
      await sendKeys({ press: 'Tab' });
      expect(element.shadowRoot?.activeElement).to.equal(find(element, '.menu-button'));
      await sendKeys({ press: 'Shift+Tab' });
      expect(element.shadowRoot?.activeElement).to.equal(find(element, '.send'));
    });

    it('show the bubble again after closing, with focus', async () => {
      const element = await widget(html`<chat-widget .client=${client} open></chat-widget>`);
      find(element, '.minimize')?.focus();
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      expect(element.shadowRoot?.activeElement).to.equal(find(element, '.launcher'));
    });

    it('have a field that does not make them zoom in', async () => {
      const element = await widget(html`<chat-widget .client=${client} open></chat-widget>`);
      const field = find(element, '.field') as HTMLElement;
      await waitUntil(() => Number.parseFloat(getComputedStyle(field).fontSize) >= 16);
    });
  });

  it('can be moved, and goes on', async () => {
    client.$thread.set(thread([item({ text: 'Hi' })]));
    const element = await widget(html`<chat-widget .client=${client} open></chat-widget>`);
    const place = document.createElement('div');
    document.body.append(place);
    place.append(element);
    client.$thread.set(thread([item({ text: 'Hi' }), item({ text: 'again' })]));
    await element.updateComplete;
    expect(element.shadowRoot?.querySelectorAll('conv-message')).to.have.length(2);
    expect(client.calls.filter(([name]) => name === 'start')).to.have.length(1);
    place.remove();
  });

  it('starts nothing without a workspace', async () => {
    const element = await widget(html`<chat-widget></chat-widget>`);
    expect(find(element, 'button')).to.equal(null);
  });
});
