import { writeFile } from 'node:fs/promises';
import { expect, type Page, type TestInfo } from '@playwright/test';

/** How many pixels of two PNG pictures differ; all, where they are not of one size. */
export async function differingPixels(page: Page, one: Buffer, other: Buffer): Promise<number> {
  if (one.equals(other)) return 0;
  return page.evaluate(
    async (sources) => {
      const [first, second] = await Promise.all(
        sources.map(async (source) => {
          const bytes = Uint8Array.from(atob(source), (byte) => byte.charCodeAt(0));
          const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(picture.width, picture.height);
          const context = canvas.getContext('2d');
          context?.drawImage(picture, 0, 0);
          return context?.getImageData(0, 0, picture.width, picture.height);
        }),
      );
      if (!first || !second) throw new Error('The browser draws no pictures.');
      const pixels = new Uint32Array(first.data.buffer);
      const others = new Uint32Array(second.data.buffer);
      if (first.width !== second.width) return pixels.length;
      return pixels.filter((pixel, at) => pixel !== others[at]).length;
    },
    [one.toString('base64'), other.toString('base64')],
  );
}

type Box = NonNullable<Parameters<Page['screenshot']>[0]>['clip'];

/** A picture of a part of the window, once nothing moves in it. */
export const pictureOf = async (page: Page, clip: Box): Promise<Buffer> =>
  page.screenshot({ ...(clip && { clip }), animations: 'disabled', caret: 'hide' });

/** Fails, with both pictures kept for whoever looks, where one differs from the other. */
export async function expectSame(
  page: Page,
  testInfo: TestInfo,
  name: string,
  [expected, actual]: readonly [Buffer, Buffer],
): Promise<void> {
  const differing = await differingPixels(page, expected, actual);
  if (differing > 0) {
    await writeFile(testInfo.outputPath(`${name} expected.png`), expected);
    await writeFile(testInfo.outputPath(`${name} actual.png`), actual);
  }
  expect.soft(differing, `pixels of ${name} that differ`).toBe(0);
}
