import { expect, html, nextFrame } from '@open-wc/testing';
import {
  giulia,
  handClient,
  item,
  ownItem,
  thread,
  type HandClient,
} from './chat-widget.fixture.js';
import './chat-widget.js';
import { widget } from './stage.fixture.js';
import type { ChatWidget } from './chat-widget.js';

/** What a screen reader hears: every text that is put into a polite region, in order. */
function listen(element: ChatWidget): string[] {
  const heard: string[] = [];
  const region = element.shadowRoot?.querySelector('[aria-live="polite"]');
  if (!region) throw new Error('The widget has no live region.');
  new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node.textContent?.trim()) heard.push(node.textContent);
    }
  }).observe(region, { childList: true, subtree: true, characterData: true });
  return heard;
}

for (const open of [false, true]) {
  describe(`chat-widget announcements, panel ${open ? 'open' : 'closed'}`, () => {
    let client: HandClient;
    let element: ChatWidget;
    let heard: string[];
    const history = [item({ text: 'old', position: 1 }), ownItem({ text: 'mine', position: 2 })];

    beforeEach(async () => {
      client = handClient();
      client.$thread.set(thread([], { status: 'loading' }));
      element = await widget(html`<chat-widget .client=${client} .open=${open}></chat-widget>`);
      heard = listen(element);
      client.$thread.set(thread(history));
      await nextFrame();
    });

    it('are silent about the history', () => {
      expect(heard).to.deep.equal([]);
    });

    it('tell each new message of the other side once', async () => {
      const reply = item({ text: 'It **does**', format: 'markdown', position: 3 });
      client.$thread.set(thread([...history, reply]));
      await nextFrame();
      client.$thread.set(thread([...history, { ...reply, editedAt: 5, text: 'It does not' }]));
      client.$typing.set([{ type: 'agent', ...giulia }]);
      await nextFrame();
      expect(heard).to.deep.equal(['Giulia Rossi: It does']);
    });

    it("are silent about one's own messages", async () => {
      client.$thread.set(thread([...history, ownItem({ position: 3 })]));
      await nextFrame();
      expect(heard).to.deep.equal([]);
    });

    it('are silent about older pages, lines of the system and deleted messages', async () => {
      const older = item({ text: 'older', position: 0 });
      const joined = item({ kind: 'system', text: '', position: 3 });
      const deleted = item({ text: '', deletedAt: 1, position: 4 });
      client.$thread.set(thread([older, ...history, joined, deleted]));
      await nextFrame();
      expect(heard).to.deep.equal([]);
    });

    it('tell the page as well', async () => {
      const received: unknown[] = [];
      element.addEventListener('chat-message-received', (event) =>
        received.push((event as CustomEvent).detail),
      );
      client.$thread.set(thread([...history, item({ id: 'm-3', text: 'Yes', position: 3 })]));
      await nextFrame();
      expect(received).to.deep.equal([
        { id: 'm-3', text: 'Yes', author: { id: giulia.id, name: giulia.name } },
      ]);
    });
  });
}

describe('chat-widget announcements of a first conversation', () => {
  it('tell the first answer', async () => {
    const client = handClient();
    const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
    const heard = listen(element);
    client.$thread.set(thread([ownItem({ position: null, id: null, state: 'queued' })]));
    await nextFrame();
    client.$thread.set(thread([ownItem({ position: 1 }), item({ text: 'Hi', position: 2 })]));
    await nextFrame();
    expect(heard).to.deep.equal(['Giulia Rossi: Hi']);
  });
});
