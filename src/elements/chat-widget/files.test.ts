import { expect, fixtureCleanup, html, waitUntil } from '@open-wc/testing';
import { handClient } from './chat-widget.fixture.js';
import './chat-widget.js';
import { widget } from './stage.fixture.js';

/** It comes with a chunk, which takes its time on a busy machine. */
const fetched = { timeout: 4_000 };

async function show(client = handClient()) {
  const element = await widget(html`<chat-widget .client=${client} open></chat-widget>`);
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
