import { ContextProvider } from '@lit/context';
import { expect, fixture, html as markup, nextFrame } from '@open-wc/testing';
import { LitElement, html, type TemplateResult } from 'lit';
import { atom, onMount, type ReadableAtom } from 'nanostores';
import { refreshStrings } from '../i18n/index.js';
import { ContextController } from './context-controller.js';
import { localeContext } from './contexts.js';
import { localize } from './localize.js';
import { createSelection, nestSelection } from './selection.js';
import { StoreController } from './store-controller.js';

class TestReader extends LitElement {
  store: ReadableAtom<number> | undefined;
  renders = 0;
  readonly value = new StoreController(this, () => this.store);

  override render(): TemplateResult {
    this.renders++;
    return html`${this.value.value ?? 'none'}`;
  }
}
customElements.define('test-reader', TestReader);

class TestSpeaker extends LitElement {
  readonly provided = new ContextController(this, localeContext);
  readonly l = localize(this);

  override render(): TemplateResult {
    return html`${this.provided.value ?? 'none'} ${this.l.now.locale}`;
  }
}
customElements.define('test-speaker', TestSpeaker);

const shown = (element: Element): string => element.shadowRoot?.textContent?.trim() ?? '';

describe('StoreController', () => {
  it('shows the store and follows it', async () => {
    const element = await fixture<TestReader>(markup`<test-reader></test-reader>`);
    expect(shown(element)).to.equal('none');
    const store = atom(1);
    element.store = store;
    element.requestUpdate();
    await element.updateComplete;
    store.set(2);
    await element.updateComplete;
    expect(shown(element)).to.equal('2');
  });

  it('lets go of the store that it had', async () => {
    const element = await fixture<TestReader>(markup`<test-reader></test-reader>`);
    const before = atom(1);
    element.store = before;
    element.requestUpdate();
    await element.updateComplete;
    element.store = atom(5);
    element.requestUpdate();
    await element.updateComplete;
    const { renders } = element;
    before.set(2);
    await nextFrame();
    expect(element.renders).to.equal(renders);
  });

  it('keeps a store awake only while its element is on the page', async () => {
    const element = await fixture<TestReader>(markup`<test-reader></test-reader>`);
    const store = atom(1);
    const seen: string[] = [];
    onMount(store, () => {
      seen.push('awake');
    });
    element.store = store;
    element.requestUpdate();
    await element.updateComplete;
    expect(store.lc).to.equal(1);
    const { parentElement } = element;
    element.remove();
    expect(store.lc).to.equal(0);
    parentElement?.append(element);
    await element.updateComplete;
    expect(store.lc).to.equal(1);
    expect(seen).to.deep.equal(['awake']);
  });
});

describe('contexts', () => {
  it('reach a consumer that was there before its provider', async () => {
    const place = await fixture<HTMLElement>(
      markup`<late-provider><test-speaker></test-speaker></late-provider>`,
    );
    const speaker = place.querySelector('test-speaker') as TestSpeaker;
    expect(shown(speaker)).to.match(/^none/);
    customElements.define(
      'late-provider',
      class extends LitElement {
        readonly locales = new ContextProvider(this, {
          context: localeContext,
          initialValue: 'de',
        });
        override render = (): TemplateResult => html`<slot></slot>`;
      },
    );
    await nextFrame();
    await speaker.updateComplete;
    expect(shown(speaker)).to.match(/^de/);
  });
});

describe('localize', () => {
  it('takes the nearest language around, through shadow roots', async () => {
    const place = await fixture<HTMLElement>(
      markup`<div lang="fr"><p></p><div locale="sv"><p></p></div></div>`,
    );
    const [first, second] = place.querySelectorAll('p');
    const speakers = [first, second].map((host) => {
      const speaker = new TestSpeaker();
      (host as HTMLElement).attachShadow({ mode: 'open' }).append(speaker);
      return speaker;
    });
    await nextFrame();
    expect(speakers.map((speaker) => speaker.l.now.locale)).to.deep.equal(['fr', 'sv']);
  });

  it('looks again when it is told to', async () => {
    const place = await fixture<HTMLElement>(
      markup`<div lang="fr"><test-speaker></test-speaker></div>`,
    );
    const speaker = place.querySelector('test-speaker') as TestSpeaker;
    place.lang = 'it';
    refreshStrings();
    await speaker.updateComplete;
    expect(shown(speaker)).to.match(/it$/);
  });
});

describe('selection', () => {
  it('keeps the rest of a view when one part changes', () => {
    const selection = createSelection();
    selection.showView({ name: 'mine' });
    selection.showView({ order: 'oldest' });
    expect(selection.$view.get()).to.include({ name: 'mine', order: 'oldest', state: 'open' });
    selection.showConversation('cv_1');
    expect(selection.$conversationId.get()).to.equal('cv_1');
  });

  it('nested, shows one conversation while another is selected around it', () => {
    const outer = createSelection();
    const inner = nestSelection(() => outer);
    outer.showConversation('cv_1');
    inner.show('cv_2');
    inner.showView({ name: 'mine' });
    expect(inner.$conversationId.get()).to.equal('cv_2');
    expect(outer.$conversationId.get()).to.equal('cv_1');
    expect(outer.$view.get().name).to.equal('mine');
    inner.showConversation('cv_3');
    expect(outer.$conversationId.get()).to.equal('cv_3');
  });
});
