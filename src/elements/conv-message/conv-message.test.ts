import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { audit, traces } from '../../content/audit.fixture.js';
import { hostile } from '../../content/hostile.fixture.js';
import { markdownChunk } from '../../content/index.js';
import type { ThreadItem } from '../../store/thread-item.js';
import './agent-parts.js';
import './conv-message.js';
import './message-parts.js';
import type { ConvMessage } from './conv-message.js';

function message(change: Partial<ThreadItem> = {}): ThreadItem {
  return {
    key: 'k',
    id: 'm',
    position: 1,
    kind: 'reply',
    author: { type: 'agent', id: 'ag_1', name: 'Giulia', avatarUrl: null },
    text: 'Hello',
    format: 'plain',
    system: null,
    attachments: [],
    mentions: [],
    email: null,
    createdAt: 0,
    editedAt: null,
    deletedAt: null,
    own: false,
    state: null,
    error: null,
    ...change,
  };
}

const show = (item: ThreadItem): Promise<ConvMessage> =>
  fixture<ConvMessage>(html`<conv-message .item=${item}></conv-message>`);

const part = (element: ConvMessage, name: string): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>(`[part="${name}"]`) ?? null;

/** Formatting comes with a chunk, which takes its time on a busy machine. */
const fetched = { timeout: 4_000 };

describe('conv-message', () => {
  it('shows plain text as it is, with links found', async () => {
    const element = await show(message({ text: 'a **b**\n  see https://x.example/a.' }));
    expect(part(element, 'text')?.textContent).to.equal('a **b**\n  see https://x.example/a.');
    const link = part(element, 'text')?.querySelector('a');
    expect(link?.href).to.equal('https://x.example/a');
    expect(link?.rel).to.equal('noopener noreferrer nofollow');
    expect(link?.target).to.equal('_blank');
  });

  it('keeps the plain text where the markdown chunk cannot be loaded', async () => {
    const { load } = markdownChunk;
    let asked = 0;
    markdownChunk.load = () => {
      asked++;
      return Promise.reject(new TypeError('Failed to fetch'));
    };
    try {
      const element = await show(message({ text: 'so **bold**', format: 'markdown' }));
      await nextFrame();
      expect(asked).to.equal(1);
      expect(part(element, 'text')?.textContent).to.equal('so **bold**');
    } finally {
      markdownChunk.load = load;
    }
  });

  it('shows the plain text meanwhile, then the formatted one', async () => {
    const element = await show(message({ text: 'so **bold**', format: 'markdown' }));
    expect(part(element, 'text')?.textContent).to.contain('bold');
    await waitUntil(() => part(element, 'text')?.querySelector('strong'), 'plain', fetched);
    expect(part(element, 'text')?.textContent?.trim()).to.equal('so bold');
  });

  it('shows the newest text when answers come late', async () => {
    const element = await show(message({ text: '**one**', format: 'markdown' }));
    element.item = message({ text: '**two**', format: 'markdown' });
    await waitUntil(() => part(element, 'text')?.querySelector('strong'), 'plain', fetched);
    expect(part(element, 'text')?.textContent?.trim()).to.equal('two');
  });

  it('tells a comment by label and lock (S3.22)', async () => {
    const element = await show(message({ kind: 'comment', own: true }));
    expect(part(element, 'label')?.textContent?.trim()).to.equal('Comment');
    expect(part(element, 'bubble')?.classList.contains('comment')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('leaves a stone for a deleted one (S3.21)', async () => {
    const element = await show(message({ text: '', deletedAt: 5 }));
    expect(part(element, 'bubble')?.textContent?.trim()).to.equal('This message was deleted.');
    await expect(element).to.be.accessible();
  });

  it('tells that it was edited (S3.21)', async () => {
    const element = await show(message({ editedAt: 5 }));
    expect(part(element, 'bubble')?.textContent).to.contain('edited');
  });

  for (const [system, line] of [
    [{ type: 'joined', agentId: 'a', agentName: 'Ann' }, 'Ann joined'],
    [{ type: 'assigned', byId: null, assignees: [{ id: 'a', name: 'Ann' }] }, 'Assigned to Ann'],
    [{ type: 'assigned', byId: null, assignees: [] }, 'Assigned to nobody'],
    [{ type: 'closed', byId: 'a', byName: 'Ann' }, 'Closed by Ann'],
    [{ type: 'reopened', byId: null, byName: null }, 'Reopened'],
  ] as const) {
    it(`says “${line}”`, async () => {
      const element = await show(
        message({
          kind: 'system',
          text: '',
          system: structuredClone(system) as ThreadItem['system'],
        }),
      );
      expect(part(element, 'system')?.textContent?.trim()).to.equal(line);
      await expect(element).to.be.accessible();
    });
  }

  it('follows own and last on the host', async () => {
    const element = await show(message({ own: true }));
    expect(element.hasAttribute('own')).to.equal(true);
    element.item = message();
    await element.updateComplete;
    expect(element.hasAttribute('own')).to.equal(false);
  });

  it('is accessible as plain, own, failed and formatted', async () => {
    for (const item of [
      message(),
      message({ own: true, state: 'failed' }),
      message({ format: 'markdown', text: '# a\n\n- b\n\n| c |\n|---|\n| d |' }),
      message({
        attachments: [{ id: '1', name: 'a.pdf', size: 10, mediaType: 'a/b', image: null }],
      }),
    ]) {
      const element = await show(item);
      await nextFrame();
      await expect(element).to.be.accessible();
    }
  });

  for (const format of ['plain', 'markdown'] as const) {
    it(`runs and loads nothing of a hostile ${format} text`, async () => {
      await markdownChunk.get();
      const element = await show(message());
      for (const text of hostile) {
        element.item = message({ text, format });
        await element.updateComplete;
        const place = part(element, 'text');
        if (!place) throw new Error('There is no text.');
        expect(audit(place), text.slice(0, 200)).to.deep.equal([]);
        if (format === 'plain') expect(place.textContent).to.equal(text);
      }
      await nextFrame();
      expect(traces()).to.deep.equal([]);
    });
  }

  it('runs and loads nothing of hostile names', async () => {
    const element = await show(message());
    for (const text of hostile) {
      element.item = message({
        attachments: [{ id: text, name: text, size: 1, mediaType: text, image: null }],
      });
      await element.updateComplete;
      const files = element.shadowRoot?.querySelector('conv-attachments');
      await customElements.whenDefined('conv-attachments');
      await files?.updateComplete;
      const shown = files?.shadowRoot?.querySelector('li');
      expect(shown?.querySelectorAll(':not(svg, svg *, span, bdi)')).to.have.length(0);
      element.item = message({
        kind: 'system',
        system: { type: 'joined', agentId: text, agentName: text },
      });
      await element.updateComplete;
      expect(part(element, 'system')?.querySelectorAll(':not(bdi)')).to.have.length(0);
    }
    await nextFrame();
    expect(traces()).to.deep.equal([]);
  });
});
