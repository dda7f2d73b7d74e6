import { writeFile } from 'node:fs/promises';
import { expect, type Page, type TestInfo } from '@playwright/test';

/** The browser smooths the edge of an icon now this way, now that: so many pixels, by so little. */
const edge = { pixels: 16, tone: 40 };

/**
 * How many pixels of two PNG pictures differ; all, where they are not of one size, and none, where it
 * is the edge of an icon alone.
 */
export async function differingPixels(page: Page, one: Buffer, other: Buffer): Promise<number> {
  if (one.equals(other)) return 0;
  return page.evaluate(
    async ({ sources, edge }) => {
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
      const all = first.data.length / 4;
      if (first.width !== second.width || first.height !== second.height) return all;
      const differing = new Set<number>();
      let most = 0;
      for (const [at, tone] of first.data.entries()) {
        const by = Math.abs(tone - (second.data[at] ?? 0));
        if (by > 0) differing.add(Math.floor(at / 4));
        most = Math.max(most, by);
      }
      return most <= edge.tone && differing.size <= edge.pixels ? 0 : differing.size;
    },
    { sources: [one.toString('base64'), other.toString('base64')], edge },
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
