import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { settled } from './settled.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe finds nothing in what the page shows; shadow roots included. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await faults(page), `axe on ${page.url()}`).toEqual([]);
}

async function faults(page: Page): Promise<string[]> {
  // Once a document, and with its faults alone for an answer: all that axe says of what is well
  // costs ten times what it takes to look.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  // Colours on their way from one to another are no state that anybody reads.
  await settled(page);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<AxeResults> };
    };
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  });
}
