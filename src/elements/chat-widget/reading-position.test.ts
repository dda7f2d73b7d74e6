import { expect, html, nextFrame } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { handClient, item, morning, thread, type HandClient } from './chat-widget.fixture.js';
import './chat-widget.js';
import { widget } from './stage.fixture.js';
import type { ChatWidget } from './chat-widget.js';

const find = (element: ChatWidget, selector: string): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;

const called = (client: HandClient, name: string): unknown[] =>
  client.calls.filter(([called]) => called === name);

/** Sizes are observed at the end of a frame. */
async function settled(): Promise<void> {
  await nextFrame();
  await nextFrame();
}

async function opened(client: HandClient): Promise<ChatWidget> {
  const element = await widget(html` <chat-widget .client=${client} .open=${true}></chat-widget> `);
  await settled();
  return element;
}

describe('chat-widget reading position', () => {
  let client: HandClient;

  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  beforeEach(() => {
    sessionStorage.clear();
    client = handClient();
  });

  const long = (count: number, from = 0): ReturnType<typeof item>[] =>
    Array.from({ length: count }, (_, index) =>
      item({ text: `Line ${from + index}`, createdAt: morning + (from + index) * 60_000 }),
    );

  it('follows new messages at the end', async () => {
    const items = long(40);
    client.$thread.set(thread(items));
    const element = await opened(client);
    client.$thread.set(thread([...items, item({ createdAt: morning + 9_000_000 })]));
    await element.updateComplete;
    await settled();
    const log = find(element, '.log');
    expect((log?.scrollHeight ?? 0) - (log?.scrollTop ?? 0) - (log?.clientHeight ?? 0)).to.be.below(
      2,
    );
  });

  it('is at the end still when the panel comes to fill the screen', async () => {
    await setViewport({ width: 768, height: 1024 });
    try {
      client.$thread.set(thread(long(12).map((one) => ({ ...one, text: one.text.repeat(50) }))));
      const element = await opened(client);
      const log = find(element, '.log') as HTMLElement;
      const left = (): number => log.scrollHeight - log.scrollTop - log.clientHeight;
      expect(left()).to.be.below(2);
      await setViewport({ width: 360, height: 720 });
      await settled();
      expect(log.clientWidth).to.equal(360);
      expect(left()).to.be.below(2);
    } finally {
      await setViewport({ width: 1280, height: 720 });
    }
  });

  it('stays where the reader is when one comes', async () => {
    const items = long(40);
    client.$thread.set(thread(items));
    const element = await opened(client);
    const log = find(element, '.log') as HTMLElement;
    log.scrollTop = 600;
    await settled();
    client.$thread.set(thread([...items, item({ createdAt: morning + 9_000_000 })]));
    await element.updateComplete;
    await settled();
    expect(log.scrollTop).to.be.closeTo(600, 2);
  });

  it('asks for older messages near the start, and holds still when they come', async () => {
    const items = long(40, 100);
    client.$thread.set(thread(items, { hasOlder: true }));
    const element = await opened(client);
    const log = find(element, '.log') as HTMLElement;
    log.scrollTop = 100;
    await settled();
    expect(called(client, 'loadOlder')).to.not.have.length(0);
    const anchor = element.shadowRoot?.querySelectorAll('conv-message')[3];
    const before = anchor?.getBoundingClientRect().top ?? 0;
    client.$thread.set(thread([...long(30), ...items]));
    await element.updateComplete;
    await settled();
    expect(anchor?.getBoundingClientRect().top).to.be.closeTo(before, 2);
  });
});
