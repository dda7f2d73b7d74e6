import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import {
  giulia,
  handClient,
  item,
  morning,
  ownItem,
  thread,
  type HandClient,
} from './chat-widget.fixture.js';
import './chat-widget.js';
import type { ChatWidget } from './chat-widget.js';

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
  'too long': (client) => client.$draft.set('x'.repeat(8_001)),
};

describe('chat-widget accessibility', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const theme of ['light', 'dark'] as const) {
    it(`closed with unread messages, ${theme}`, async () => {
      const client = handClient();
      client.$unread.set(3);
      const element = await fixture<ChatWidget>(
        html`<chat-widget .client=${client} theme=${theme}></chat-widget>`,
      );
      await expect(element).to.be.accessible();
    });

    for (const [name, enter] of Object.entries(states)) {
      it(`${name}, ${theme}`, async () => {
        const client = handClient();
        enter(client);
        const element = await fixture<ChatWidget>(
          html`<chat-widget .client=${client} theme=${theme} open></chat-widget>`,
        );
        await expect(element).to.be.accessible();
      });
    }
  }

  it('with an accent of the page, whatever it is', async () => {
    for (const accent of ['#ffff00', '#000000', '#ff5a00', '#777777', '#ffffff']) {
      const client = handClient();
      states['conversation']?.(client);
      const element = await fixture<ChatWidget>(
        html`<chat-widget .client=${client} accent=${accent} open></chat-widget>`,
      );
      await import('../../tokens/accent.js');
      await expect(element, accent).to.be.accessible();
    }
  });
});
