import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { atom, type WritableAtom } from 'nanostores';
import type { UploadItem, Uploads } from '../../store/uploads.js';
import type { ShownError } from '../../store/thread-item.js';
import './conv-uploads.js';
import type { ConvUploads } from './conv-uploads.js';

function item(change: Partial<UploadItem> = {}): UploadItem {
  return {
    key: 'u1',
    file: { name: 'offer.pdf', size: 2_097_152, type: 'application/pdf' },
    state: 'queued',
    progress: 0,
    attachment: null,
    error: null,
    retryable: false,
    ...change,
  };
}

interface HandUploads extends Uploads {
  $uploads: WritableAtom<readonly UploadItem[]>;
  $refusal: WritableAtom<ShownError | null>;
  calls: string[];
}

function handUploads(...items: UploadItem[]): HandUploads {
  const calls: string[] = [];
  const record = (name: string) => (key: string) => void calls.push(`${name} ${key}`);
  return {
    calls,
    $uploads: atom<readonly UploadItem[]>(items),
    $refusal: atom<ShownError | null>(null),
    add: () => undefined,
    cancel: record('cancel'),
    retry: record('retry'),
    remove: record('remove'),
    take: () => [],
    stop: () => undefined,
  };
}

const show = (uploads: Uploads): Promise<ConvUploads> =>
  fixture<ConvUploads>(html`<conv-uploads .uploads=${uploads}></conv-uploads>`);

const text = (element: ConvUploads, selector: string): string =>
  element.shadowRoot?.querySelector(selector)?.textContent?.trim().replace(/\s+/g, ' ') ?? '';

function button(element: ConvUploads, name: string): HTMLButtonElement {
  const found = element.shadowRoot?.querySelector<HTMLButtonElement>(`[aria-label="${name}"]`);
  if (!found) throw new Error(`There is no button "${name}".`);
  return found;
}

const timeout: ShownError = { code: 'timeout', message: 'timeout' };

describe('conv-uploads', () => {
  const states: Record<string, UploadItem> = {
    queued: item(),
    uploading: item({ state: 'uploading', progress: 0.42 }),
    done: item({ state: 'done', progress: 1 }),
    failed: item({ state: 'failed', error: timeout, retryable: true }),
    cancelled: item({ state: 'cancelled', retryable: true }),
  };
  for (const [name, state] of Object.entries(states)) {
    it(`is accessible when ${name}`, async () => {
      const element = await show(handUploads(state));
      expect(text(element, '.name')).to.equal('offer.pdf');
      await expect(element).to.be.accessible();
    });
  }

  it('tells how far a file has come', async () => {
    const element = await show(handUploads(item({ state: 'uploading', progress: 0.42 })));
    const bar = element.shadowRoot?.querySelector('progress');
    expect(bar?.value).to.equal(42);
    expect(bar?.getAttribute('aria-label')).to.equal('Uploading offer.pdf');
    expect(text(element, '.meta')).to.equal('2 MB · Uploading, 42%');
  });

  it('cancels what is on its way, and removes what is not', async () => {
    const uploads = handUploads(
      item({ state: 'uploading' }),
      item({ key: 'u2', state: 'done', file: { name: 'b.txt', size: 1, type: 'text/plain' } }),
    );
    const element = await show(uploads);
    button(element, 'Cancel offer.pdf').click();
    button(element, 'Remove b.txt').click();
    expect(uploads.calls).to.deep.equal(['cancel u1', 'remove u2']);
  });

  it('offers another try where it can help, and says why it is needed', async () => {
    const uploads = handUploads(item({ state: 'failed', error: timeout, retryable: true }));
    const element = await show(uploads);
    expect(text(element, '.problem')).to.equal('No answer came in time. Try again.');
    button(element, 'Try offer.pdf again').click();
    expect(uploads.calls).to.deep.equal(['retry u1']);
  });

  it('tells each failure once', async () => {
    const uploads = handUploads(item({ state: 'uploading' }));
    const element = await show(uploads);
    const failed = item({ state: 'failed', error: timeout, retryable: true });
    uploads.$uploads.set([failed]);
    await element.updateComplete;
    expect(text(element, '[role=status]')).to.equal(
      'offer.pdf: No answer came in time. Try again.',
    );
  });

  it('tells nothing again that was ready before this message was turned to', async () => {
    const element = await show(handUploads());
    element.uploads = handUploads(item({ state: 'done', progress: 1 }));
    await element.updateComplete;
    await element.updateComplete;
    expect(text(element, '[role=status]')).to.equal('');
  });

  it('says that there were too many', async () => {
    const uploads = handUploads(item());
    uploads.$refusal.set({ code: 'too_many_files', message: 'too_many_files' });
    const element = await show(uploads);
    expect(text(element, '[role=alert]')).to.match(/^A message holds at most 10 files/);
    await expect(element).to.be.accessible();
  });

  it('goes on with the field when the last file was taken away', async () => {
    const uploads = handUploads(item({ state: 'done' }));
    const element = await show(uploads);
    let emptied = 0;
    element.addEventListener('conv-uploads-emptied', () => emptied++);
    uploads.remove = () => uploads.$uploads.set([]);
    const remove = button(element, 'Remove offer.pdf');
    remove.focus();
    remove.click();
    await waitUntil(() => emptied === 1);
  });

  it('draws a picture without an address for it', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 2 });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const file = new File([blob ?? ''], 'a.png', { type: 'image/png' });
    const element = await show(handUploads(item({ file })));
    expect(element.shadowRoot?.querySelector('canvas')).to.not.equal(null);
    expect(element.shadowRoot?.querySelector('img')).to.equal(null);
  });

  it('draws a picture again that is tried again', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 4 });
    canvas.getContext('2d')?.fillRect(0, 0, 4, 4);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const file = new File([blob ?? ''], 'a.png', { type: 'image/png' });
    const uploads = handUploads(item({ file, state: 'uploading' }));
    const element = await show(uploads);
    uploads.$uploads.set([item({ file, state: 'failed', error: timeout, retryable: true })]);
    await element.updateComplete;
    uploads.$uploads.set([item({ file, state: 'uploading' })]);
    await waitUntil(() => {
      const drawn = element.shadowRoot?.querySelector('canvas')?.getContext('2d');
      return drawn?.getImageData(40, 40, 1, 1).data[3] === 255;
    });
  });

  it('shows an icon for what only calls itself a picture', async () => {
    const file = new File(['no picture'], 'a.png', { type: 'image/png' });
    const element = await show(handUploads(item({ file })));
    await waitUntil(() => !element.shadowRoot?.querySelector('canvas'));
    expect(element.shadowRoot?.querySelector('.preview svg')).to.not.equal(null);
  });
});
