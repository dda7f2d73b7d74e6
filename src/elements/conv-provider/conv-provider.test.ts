import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { find, findAll, openOffice, until, words } from '../shared/office.fixture.js';
import type { ConvProvider } from './conv-provider.js';
import './conv-provider.js';
import '../conv-list/conv-list.js';
import '../conv-nav/conv-nav.js';

describe('conv-provider', () => {
  it('gives the elements in it one client and one selection', async () => {
    const { client } = openOffice();
    const provider = await fixture<ConvProvider>(
      html`<conv-provider .client=${client}
        ><div><conv-nav></conv-nav></div>
        <conv-list></conv-list
      ></conv-provider>`,
    );
    const nav = provider.querySelector('conv-nav')!;
    const list = provider.querySelector('conv-list')!;
    await until(() => findAll(list, '.card[data-id]').length === 2);
    findAll(nav, 'a').at(-1)?.click();
    await until(() => findAll(list, '.card[data-id]').length === 3);
    expect(words(find(list, 'h2'))).to.equal('All messages');
  });

  it('knows nothing of another provider on the page', async () => {
    const one = openOffice();
    const two = openOffice([]);
    const page = await fixture(
      html`<div>
        <conv-provider .client=${one.client}><conv-list></conv-list></conv-provider>
        <conv-provider .client=${two.client}><conv-list></conv-list></conv-provider>
      </div>`,
    );
    const [first, second] = page.querySelectorAll('conv-list');
    await until(() => findAll(first!, '.card[data-id]').length === 2);
    await until(() => find(second!, '.state'));
    find(first!, '.card')?.click();
    find(first!, '.sort')?.click();
    await second!.updateComplete;
    expect(find(second!, '.sort')?.getAttribute('aria-label')).to.equal('Newest first');
  });

  it('takes a client that comes late, and one that replaces it', async () => {
    const provider = await fixture<ConvProvider>(
      html`<conv-provider><conv-list></conv-list></conv-provider>`,
    );
    const list = provider.querySelector('conv-list')!;
    expect(find(list, '.bones')).not.to.equal(null);
    provider.client = openOffice().client;
    await until(() => findAll(list, '.card[data-id]').length === 2);
    provider.client = openOffice([]).client;
    await until(() => find(list, '.state'));
  });

  it('tells when the connection changes', async () => {
    const { client, server } = openOffice();
    const provider = await fixture<ConvProvider>(
      html`<conv-provider .client=${client}><conv-list></conv-list></conv-provider>`,
    );
    await until(() => client.$connection.get().state === 'online');
    const changed = oneEvent(provider, 'conv-connection-changed');
    server.cut({ stayDown: true });
    expect((await changed).detail).to.deep.equal({ state: 'reconnecting', code: null });
  });

  it('speaks the language that it is told', async () => {
    const { client } = openOffice();
    const provider = await fixture<ConvProvider>(
      html`<conv-provider locale="ar" .client=${client}><conv-list></conv-list></conv-provider>`,
    );
    const list = provider.querySelector('conv-list')!;
    expect(find(list, 'header')?.dir).to.equal('rtl');
    provider.locale = 'en';
    await until(() => find(list, 'header')?.dir === 'ltr');
  });

  it('warns once of a server that is no address, and throws nothing', async () => {
    const warned: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => void warned.push(text);
    try {
      const provider = await fixture<ConvProvider>(
        html`<conv-provider server="chat example" workspace="ws_1"></conv-provider>`,
      );
      provider.workspace = 'ws_2';
      await provider.updateComplete;
      expect(provider.activeClient).to.equal(undefined);
    } finally {
      console.warn = warn;
    }
    expect(warned.filter((text) => text.includes('invalid_server')).length).to.equal(1);
  });

  it('makes no client without a workspace', async () => {
    const provider = await fixture<ConvProvider>(html`<conv-provider></conv-provider>`);
    expect(provider.activeClient).to.equal(undefined);
    provider.workspace = 'ws_1';
    await provider.updateComplete;
    expect(provider.activeClient?.$connection.get().state).to.equal('idle');
  });
});
