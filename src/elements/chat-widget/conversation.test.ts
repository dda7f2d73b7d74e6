import { expect, html, nextFrame, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { memoryStorage, type KeyValue } from '../../store/storage.js';
import { createVisitorClient, type VisitorClient } from '../../store/visitor-client.js';
import { createMemoryServer, type MemoryServer } from '../../testing.js';
import './chat-widget.js';
import { widget } from './stage.fixture.js';
import type { ChatWidget } from './chat-widget.js';

/** The widget on the real client and a server in memory. */
describe('chat-widget in a conversation', () => {
  let server: MemoryServer;
  let storage: KeyValue;
  const clients: VisitorClient[] = [];

  beforeEach(() => {
    sessionStorage.clear();
    storage = memoryStorage();
    server = createMemoryServer({
      agents: [{ id: 'ag_1', name: 'Giulia Rossi', role: 'owner', connected: true }],
      reconnectMs: 20,
    });
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.dispose();
  });

  async function visit(): Promise<ChatWidget> {
    const client = createVisitorClient({
      transport: server.transport,
      api: server.api(),
      workspaceId: server.workspace.id,
      storage,
    });
    clients.push(client);
    const element = await widget(html`<chat-widget .client=${client}></chat-widget>`);
    await waitUntil(() => find(element, '.launcher'));
    return element;
  }

  const find = (element: ChatWidget, selector: string): HTMLElement | null =>
    element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

  const bubbles = (element: ChatWidget): string[] =>
    [...(element.shadowRoot?.querySelectorAll('conv-message') ?? [])].map(
      ({ shadowRoot }) => shadowRoot?.querySelector('[part="text"]')?.textContent?.trim() ?? '',
    );

  const receipt = (element: ChatWidget): string | undefined =>
    find(element, '[part="receipt"]')?.textContent ?? undefined;

  async function write(element: ChatWidget, text: string): Promise<void> {
    if (!element.open) find(element, '.launcher')?.click();
    await element.updateComplete;
    find(element, '.field')?.focus();
    await sendKeys({ type: text });
    await sendKeys({ press: 'Enter' });
  }

  const conversationId = (): string => [...server.workspace.conversations.keys()][0] ?? '';

  it('sends, receives formatted text, and knows both after a reload', async () => {
    const element = await visit();
    expect(server.workspace.contacts.size).to.equal(0);
    await write(element, 'Hello');
    await waitUntil(() => receipt(element) === 'Sent');
    server.answer(conversationId(), 'ag_1', 'It **does**');
    await waitUntil(() => bubbles(element).includes('It does'));
    await waitUntil(() => find(element, '.meta bdi')?.textContent === 'Giulia Rossi');
    element.remove();

    const again = await visit();
    expect(again.open).to.equal(true);
    await waitUntil(() => bubbles(again).includes('It does'));
    expect(bubbles(again)).to.include('Hello');
    expect(server.workspace.contacts.size).to.equal(1);
  });

  it('never shows a comment, nor a line that only agents may see', async () => {
    const element = await visit();
    await write(element, 'Hello');
    await waitUntil(() => receipt(element) === 'Sent');
    server.answer(conversationId(), 'ag_1', 'Bad customer', 'comment');
    server.answer(conversationId(), 'ag_1', 'Welcome');
    await waitUntil(() => bubbles(element).includes('Welcome'));
    expect(element.shadowRoot?.textContent).to.not.contain('Bad customer');
    expect(bubbles(element)).to.not.include('Bad customer');
  });

  it('counts what came while the panel was closed, and clears it on opening', async () => {
    const element = await visit();
    await write(element, 'Hello');
    await waitUntil(() => receipt(element) === 'Sent');
    await sendKeys({ press: 'Escape' });
    server.answer(conversationId(), 'ag_1', 'One');
    server.answer(conversationId(), 'ag_1', 'Two');
    await waitUntil(() => find(element, '.launcher')?.ariaLabel === 'Open chat, 2 unread');
    find(element, '.launcher')?.click();
    await element.updateComplete;
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => find(element, '.launcher')?.ariaLabel === 'Open chat');
  });

  it('keeps what is written while there is no connection, and sends it then', async () => {
    const element = await visit();
    await write(element, 'one');
    await waitUntil(() => receipt(element) === 'Sent');
    server.cut({ stayDown: true });
    await waitUntil(() => find(element, '.connection'));
    await write(element, 'two');
    await nextFrame();
    expect(bubbles(element)).to.deep.equal(['one', 'two']);
    expect(receipt(element)).to.equal('Sending');
    server.restore();
    await waitUntil(() => receipt(element) === 'Sent' && !find(element, '.connection'));
    expect(bubbles(element)).to.deep.equal(['one', 'two']);
  });

  it('tells Seen once an agent has read it', async () => {
    const element = await visit();
    await write(element, 'Hello');
    await waitUntil(() => receipt(element) === 'Sent');
    server.acts.raiseMark(conversationId(), { agentId: 'ag_1' }, { read: 99 });
    await waitUntil(() => receipt(element) === 'Seen');
  });
});
