import { expect, fixture, html } from '@open-wc/testing';
import { registerStrings } from '../../i18n/index.js';
import './chat-widget.js';
import type { ChatWidget } from './chat-widget.js';
import { handClient } from './chat-widget.fixture.js';

const find = (element: ChatWidget, selector: string): HTMLElement | null =>
  element.shadowRoot?.querySelector(selector) ?? null;
const label = (element: ChatWidget): string | null | undefined =>
  find(element, '[part~="launcher"]')?.ariaLabel;

/** On the page, not yet drawn. */
function widget(locale: string, change: Partial<ChatWidget> = {}): ChatWidget {
  const element = document.createElement('chat-widget');
  Object.assign(element, { locale, client: handClient(), ...change });
  return element;
}

describe('languages of chat-widget', () => {
  it('begins in its own language, never in English', async () => {
    const element = widget('ja');
    const labels = new Set<string | null | undefined>();
    const place = await fixture(html`<div></div>`);
    place.append(element);
    const drawn = new MutationObserver(() => labels.add(label(element)));
    drawn.observe(element.shadowRoot as ShadowRoot, {
      attributes: true,
      childList: true,
      subtree: true,
    });
    await element.updateComplete;
    await new Promise(requestAnimationFrame);
    drawn.disconnect();
    expect([...labels].filter(Boolean)).to.deep.equal(['チャットを開く']);
  });

  it('takes the language of the page around it', async () => {
    const element = widget('');
    const place = await fixture(html`<div lang="pl-PL"></div>`);
    place.append(element);
    await element.updateComplete;
    expect(label(element)).to.equal('Otwórz czat');
  });

  it('says all of the panel in it, from right to left where that is its way', async () => {
    const element = widget('ar', { open: true });
    const place = await fixture(html`<div></div>`);
    place.append(element);
    await element.updateComplete;
    expect(find(element, '[part~="send"]')?.ariaLabel).to.equal('إرسال');
    const field = find(element, '[part~="field"]') as HTMLElement;
    expect(getComputedStyle(field).direction).to.equal('rtl');
    expect(field.ariaLabel).to.equal('رسالة');
    const panel = find(element, '[part~="panel"]') as HTMLElement;
    expect(getComputedStyle(panel).direction).to.equal('rtl');
    expect(panel.closest('[lang]')?.getAttribute('lang')).to.equal('ar');
  });

  it('changes it with the panel open: focus and the page’s own words stay', async () => {
    registerStrings('cs', { 'chat.placeholder': 'Pište nám' });
    const element = widget('en', { open: true });
    const place = await fixture(html`<div></div>`);
    place.append(element);
    await element.updateComplete;
    const field = find(element, '[part~="field"]') as HTMLTextAreaElement;
    field.focus();
    element.locale = 'cs';
    await element.updateComplete;
    expect(find(element, '[part~="send"]')?.ariaLabel).to.equal('Odeslat');
    expect(field.placeholder).to.equal('Pište nám');
    expect(element.shadowRoot?.activeElement).to.equal(field);
  });

  it('starts nothing when it is taken away while its language comes', async () => {
    const client = handClient();
    const started = (): boolean => client.calls.some(([name]) => name === 'start');
    const element = widget('tr', { client });
    const place = await fixture(html`<div></div>`);
    place.append(element);
    element.remove();
    await element.updateComplete;
    expect(started()).to.equal(false);
    place.append(element);
    await element.updateComplete;
    expect(started()).to.equal(true);
    expect(label(element)).to.equal('Sohbeti aç');
  });
});
