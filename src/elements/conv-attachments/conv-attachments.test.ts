import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { Attachment } from '../../domain/index.js';
import type { FileLink, FileSource } from '../../store/file-source.js';
import './conv-attachments.js';
import type { ConvAttachments } from './conv-attachments.js';

const pdf: Attachment = {
  id: 'at_1',
  name: 'offer.pdf',
  size: 3_565_158,
  mediaType: 'application/pdf',
  image: null,
};
const picture: Attachment = {
  id: 'at_2',
  name: 'bike.jpg',
  size: 90_000,
  mediaType: 'image/jpeg',
  image: { width: 2_600, height: 1_300 },
};

const inAnHour = Date.now() + 3_600_000;

/** Any picture that is there. */
function pictureAddress(): string {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>';
  return URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
}

function source(
  answer: (id: string) => Partial<FileLink> | null,
): FileSource & { asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    now: () => Date.now(),
    signFiles(ids) {
      asked.push(ids);
      return Promise.resolve(
        ids.flatMap((id): FileLink[] => {
          const link = answer(id);
          return link
            ? [{ id, url: `/files/${id}`, thumbnailUrl: null, expiresAt: inAnHour, ...link }]
            : [];
        }),
      );
    },
  };
}

const show = (from: FileSource | null, ...attachments: Attachment[]): Promise<ConvAttachments> =>
  fixture<ConvAttachments>(
    html`<conv-attachments .attachments=${attachments} .source=${from}></conv-attachments>`,
  );

const find = <E extends Element>(element: ConvAttachments, selector: string): E | null =>
  element.shadowRoot?.querySelector<E>(selector) ?? null;

describe('conv-attachments', () => {
  it('offers a file by name and size', async () => {
    const element = await show(
      source(() => ({})),
      pdf,
    );
    await waitUntil(() => find(element, 'a.download'));
    const link = find<HTMLAnchorElement>(element, 'a.download');
    expect(link?.getAttribute('href')).to.equal('/files/at_1');
    expect(link?.rel).to.equal('noopener noreferrer');
    expect(link?.ariaLabel).to.equal('Download offer.pdf, 3.4 MB');
    await expect(element).to.be.accessible();
  });

  it('holds the place of a picture before it is there', async () => {
    const element = await show(
      { now: () => Date.now(), signFiles: () => new Promise(() => undefined) },
      picture,
    );
    const place = find(element, '.place')?.getBoundingClientRect();
    expect([place?.width, place?.height]).to.deep.equal([260, 130]);
    await expect(element).to.be.accessible();
  });

  it('shows a small picture that opens the whole one', async () => {
    const thumbnailUrl = pictureAddress();
    const element = await show(
      source(() => ({ thumbnailUrl })),
      picture,
    );
    await waitUntil(() => find(element, 'img'));
    expect(find(element, 'img')?.getAttribute('src')).to.equal(thumbnailUrl);
    expect(find(element, 'a.picture')?.ariaLabel).to.equal('Open bike.jpg in a new tab');
    expect(find<HTMLAnchorElement>(element, 'a.picture')?.target).to.equal('_blank');
    await expect(element).to.be.accessible();
  });

  it('says that a file is gone', async () => {
    const element = await show(
      source(() => null),
      pdf,
      picture,
    );
    await waitUntil(() => /No longer available/.test(find(element, '.size')?.textContent ?? ''));
    expect(find(element, '.cover')?.textContent?.trim()).to.equal('No longer available');
    expect(find(element, 'a')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('asks for a fresh address when one has expired, and only once', async () => {
    let asked = 0;
    const good = pictureAddress();
    const from = source(() => ({ thumbnailUrl: ++asked === 1 ? '/expired.png' : good }));
    const element = await show(from, picture);
    await waitUntil(() => find(element, 'img')?.getAttribute('src') === good, 'no fresh one', {
      timeout: 3_000,
    });
    expect(asked).to.equal(2);
    find(element, 'img')?.dispatchEvent(new Event('error'));
    await element.updateComplete;
    expect(find(element, '.cover')?.textContent?.trim()).to.equal('No longer available');
    expect(asked).to.equal(2);
  });

  it('asks once for all that is shown together', async () => {
    const from = source(() => ({}));
    await fixture(html`
      <div>
        <conv-attachments .attachments=${[pdf]} .source=${from}></conv-attachments>
        <conv-attachments .attachments=${[picture]} .source=${from}></conv-attachments>
      </div>
    `);
    await waitUntil(() => from.asked.length > 0);
    expect(from.asked).to.deep.equal([['at_1', 'at_2']]);
  });

  it('names files where nobody gives addresses', async () => {
    const element = await show(null, pdf, picture);
    expect(element.shadowRoot?.querySelectorAll('.name')).to.have.length(2);
    expect(find(element, 'a, img')).to.equal(null);
    await expect(element).to.be.accessible();
  });
});
