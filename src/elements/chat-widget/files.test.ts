import { expect, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import { handClient } from './chat-widget.fixture.js';
import './chat-widget.js';
import { find, get, widget } from './stage.fixture.js';

/** It comes with a chunk, which takes its time on a busy machine. */
const fetched = { timeout: 4_000 };

async function show(client = handClient()) {
  const element = await widget(html`<chat-widget .client=${client} open></chat-widget>`);
  get(element, '[part=attach]').dispatchEvent(new PointerEvent('pointerenter'));
  const uploads = () => element.shadowRoot?.querySelector('conv-uploads');
  await waitUntil(() => uploads()?.shadowRoot?.querySelector('[role=status]'), 'no files', fetched);
  const input = element.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
  return {
    client,
    element,
    told: () => uploads()?.shadowRoot?.querySelector('[role=status]')?.textContent ?? '',
    choose(...files: File[]) {
      const chosen = new DataTransfer();
      for (const file of files) chosen.items.add(file);
      if (input) input.files = chosen.files;
      input?.dispatchEvent(new Event('change'));
    },
  };
}

describe('chat-widget files', () => {
  it('what is dropped before their part has come is taken, and the page stays', async () => {
    const element = await widget(html`<chat-widget .client=${handClient()} open></chat-widget>`);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'plan.txt'));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    get(element, '.log').dispatchEvent(drop);
    expect(drop.defaultPrevented).to.equal(true);
    await waitUntil(
      () => find(element, 'conv-uploads')?.shadowRoot?.textContent?.includes('plan.txt'),
      'not taken',
      fetched,
    );
  });

  it('what is pasted before their part has come is taken; text goes into the field', async () => {
    const element = await widget(html`<chat-widget .client=${handClient()} open></chat-widget>`);
    const paste = (fill: (clipboardData: DataTransfer) => void): ClipboardEvent => {
      const clipboardData = new DataTransfer();
      fill(clipboardData);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      get(element, '.field').dispatchEvent(event);
      return event;
    };
    expect(paste((held) => held.setData('text/plain', 'Hi')).defaultPrevented).to.equal(false);
    const picture = paste((held) => held.items.add(new File(['x'], 'shot.png')));
    expect(picture.defaultPrevented).to.equal(true);
    await waitUntil(
      () => find(element, 'conv-uploads')?.shadowRoot?.textContent?.includes('shot.png'),
      'not taken',
      fetched,
    );
  });

  it('a refusal of the first file is read out: its place was there before', async () => {
    const { element, told, choose } = await show();
    const region = element.shadowRoot?.querySelector('conv-uploads');
    expect(told()).to.equal('');
    choose(new File([], 'empty.txt'));
    await waitUntil(() => told().startsWith('empty.txt: '));
    expect(element.shadowRoot?.querySelector('conv-uploads')).to.equal(region);
  });

  it('a widget that leaves the page has no listener left on a client of the page’s', async () => {
    const client = handClient();
    for (let n = 0; n < 20; n++) {
      await show(client);
      fixtureCleanup();
    }
    const { $connection, $thread, $draft, $unread } = client;
    expect([$connection, $thread, $draft, $unread].map(({ lc }) => lc)).to.deep.equal([0, 0, 0, 0]);
  });
});
