import { expect, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { defaultLook, withLook } from '../../domain/index.js';
import {
  conversation,
  giulia,
  handClient,
  item,
  morning,
  ownItem,
  settingsOf,
  thread,
  type HandClient,
} from './chat-widget.fixture.js';
import { stood } from '../shared/dom.fixture.js';
import './chat-widget.js';
import { drawn, get, staged, widget } from './stage.fixture.js';

/** Every visible state, and how a client comes into it. */
const states: Record<string, (client: HandClient) => void> = {
  empty: () => undefined,
  loading: (client) => client.$thread.set(thread([], { status: 'loading' })),
  conversation(client) {
    client.$thread.set(
      thread([
        item({
          kind: 'system',
          text: '',
          system: { type: 'joined', agentId: 'a', agentName: 'A' },
        }),
        ownItem({ text: 'Does it ship? https://x.example', state: 'read' }),
        item({ text: 'It **does**, see [here](https://x.example)', format: 'markdown' }),
        item({ deletedAt: morning }),
        ownItem({
          text: 'See',
          attachments: [
            { id: '1', name: 'a.pdf', size: 1_000, mediaType: 'application/pdf', image: null },
          ],
        }),
      ]),
    );
    client.$typing.set([{ type: 'agent', ...giulia }]);
  },
  'not sent'(client) {
    client.$thread.set(
      thread([ownItem({ state: 'failed', error: { code: 'timeout', message: '' } })]),
    );
    client.$connection.set({ state: 'reconnecting', code: null });
  },
  refused: (client) => client.$connection.set({ state: 'refused', code: 'token_invalid' }),
  error: (client) =>
    client.$thread.set(thread([], { status: 'error', error: { code: 'timeout', message: '' } })),
  fault: (client) => client.$fault.set({ code: 'origin_not_allowed', message: '' }),
  messenger: (client) => client.$availability.set({ mode: 'messenger', agents: [], version: 2 }),
  'contact form': (client) => {
    client.$form.set({
      when: 'before',
      fields: [
        { key: 'name', labels: {}, required: false },
        { key: 'bike', labels: { en: 'Bike' }, required: true },
      ],
      consents: [
        { name: 'terms', texts: { en: 'Terms' }, url: 'https://x.example', required: true },
      ],
    });
    client.$formBlocks.set(true);
  },
  groups: (client) =>
    client.$settings.set(settingsOf({ groups: [{ id: 'a', name: 'Sales', names: {} }] })),
  'group chosen'(client) {
    client.$settings.set(settingsOf({ groups: [{ id: 'a', name: 'Sales', names: {} }] }));
    client.$group.set('a');
  },
  rating(client) {
    client.$thread.set(thread([item()]));
    client.$conversation.set(conversation({ state: 'closed' }));
  },
  rated: (client) =>
    client.$conversation.set(
      conversation({ state: 'closed', rating: { score: 4, comment: null, at: morning } }),
    ),
  'powered by': (client) =>
    client.$settings.set(settingsOf({ look: withLook(defaultLook, { poweredBy: true }) })),
  'too long': (client) => client.$draft.set('x'.repeat(8_001)),
};

describe('chat-widget accessibility', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const theme of ['light', 'dark'] as const) {
    it(`closed with unread messages, ${theme}`, async () => {
      const client = handClient();
      client.$unread.set(3);
      const element = await widget(
        html`<chat-widget .client=${client} theme=${theme}></chat-widget>`,
      );
      await expect(element).to.be.accessible();
    });

    for (const [name, enter] of Object.entries(states)) {
      it(`${name}, ${theme}`, async () => {
        const client = handClient();
        enter(client);
        const element = await widget(
          html`<chat-widget .client=${client} theme=${theme} open></chat-widget>`,
        );
        await stood(element);
        await expect(element).to.be.accessible();
      });
    }
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`what opens in the panel, ${theme}`, async () => {
      const client = handClient();
      client.$conversation.set(conversation());
      const element = await staged(client, { open: true, theme });
      get(element, '.menu-button').click();
      await drawn(element);
      await expect(element, 'menu').to.be.accessible();
      [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
        .at(-1)
        ?.click();
      await drawn(element);
      await expect(element, 'question').to.be.accessible();
      get(element, 'dialog .button').click();
      await element.updateComplete;
      get(element, '.icon-button.emoji').click();
      await drawn(element);
      await expect(element, 'emoji').to.be.accessible();
    });

    it(`what is wrong in a form, ${theme}`, async () => {
      const client = handClient();
      states['contact form']?.(client);
      const element = await staged(client, { open: true, theme });
      get(element, '.form [type="submit"]').click();
      await drawn(element);
      await expect(element).to.be.accessible();
    });

    it(`a rating with its comment, ${theme}`, async () => {
      const client = handClient();
      states['rating']?.(client);
      const element = await staged(client, { open: true, theme });
      get(element, '.rating [value="2"]').click();
      await drawn(element);
      await expect(element).to.be.accessible();
    });

    it(`a message beside a tab, ${theme}`, async () => {
      const client = handClient();
      const element = await staged(client, { theme, buttonStyle: 'tab', position: 'rm' });
      await element.showMessage('Free delivery today');
      await drawn(element);
      await expect(element).to.be.accessible();
    });

    it(`in the place of a tag, ${theme}`, async () => {
      const element = await staged(handClient(), { theme, layout: 'inline' });
      await expect(element).to.be.accessible();
    });
  }

  it('with an accent of the page, whatever it is', async () => {
    for (const accent of ['#ffff00', '#000000', '#ff5a00', '#777777', '#ffffff']) {
      const client = handClient();
      states['conversation']?.(client);
      const element = await widget(
        html`<chat-widget .client=${client} accent=${accent} open></chat-widget>`,
      );
      await expect(element, accent).to.be.accessible();
    }
  });
});
