import { Buffer } from 'node:buffer';
import { expect, type Page } from '@playwright/test';
import { test } from './office-page.js';

/** Hills under a low sun, as a PNG. */
async function photo(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    const paint = canvas.getContext('2d');
    if (!paint) throw new Error('There is no canvas.');
    const sky = paint.createLinearGradient(0, 0, 0, 480);
    sky.addColorStop(0, '#8fb7c9');
    sky.addColorStop(1, '#f3d9b1');
    paint.fillStyle = sky;
    paint.fillRect(0, 0, 640, 480);
    for (const [color, x, y, radius] of [
      ['#f7b267', 470, 250, 54],
      ['#6f8f72', 120, 640, 330],
      ['#48685a', 520, 780, 420],
    ] as const) {
      paint.fillStyle = color;
      paint.beginPath();
      paint.arc(x, y, radius, 0, 2 * Math.PI);
      paint.fill();
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(address.split(',')[1] ?? '', 'base64');
}

test('files in a thread and in the composer', async ({ office }) => {
  const { page } = office;
  await office.visit({ width: 1100, height: 720 });
  await office.open('Paula Brandt');
  const input = page.locator('conv-composer input[type=file]');
  const picture = { name: 'canal.png', mimeType: 'image/png', buffer: await photo(page) };
  const paper = {
    name: 'A receipt with a very long name, as scanners like to give them, 2026-03-11.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.alloc(348_160),
  };
  await input.setInputFiles([picture, paper]);
  await expect(page.locator('conv-uploads li.done')).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Reply' }).fill('Your receipt, and where it was.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.locator('conv-attachments img')).toBeVisible();
  await input.setInputFiles([
    picture,
    { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(11_000_000) },
  ]);
  await expect(page.locator('conv-uploads .problem, conv-uploads .refusal')).toBeVisible();
  await office.looksLike('files');
});
