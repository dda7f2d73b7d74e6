import { Buffer } from 'node:buffer';
import { deflateSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

/** A whole PNG of one colour. */
function picture(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    const named = Buffer.concat([Buffer.from(type), body]);
    const end = Buffer.alloc(4);
    end.writeUInt32BE(crc(named));
    return Buffer.concat([head, named, end]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x5a)]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

const png = { name: 'saddle.png', mimeType: 'image/png', buffer: picture(320, 200) };
const text = {
  name: 'notes.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('Two bells, please.'),
};

const attach = (page: Page, element: string): Locator =>
  page.locator(element).locator('input[type=file]');

const files = (page: Page): Locator => page.locator('conv-uploads').getByRole('listitem');

test('both sides send pictures and files with their messages (S3.26, S5.4)', async ({
  visitor,
  inbox,
}) => {
  test.slow();
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await visitor.visit();
  await visitor.openChat();

  await test.step('a visitor sends a picture and a file', async () => {
    await attach(visitor.page, 'chat-widget').setInputFiles([png, text]);
    await expect(files(visitor.page)).toHaveCount(2);
    await expect(visitor.page.getByRole('button', { name: 'Send' })).toBeEnabled();
    await visitor.write('Which saddle is this?');
    await expect(files(visitor.page)).toHaveCount(0);
    await expect(visitor.log.getByRole('link', { name: /^Open saddle.png/ })).toBeVisible();
    await expect(visitor.log.getByRole('link', { name: /^Download notes.txt/ })).toBeVisible();
  });

  await test.step('the agent sees both, and answers with a picture alone', async () => {
    await inbox.open('Which saddle is this?');
    const shown = inbox.log.getByRole('link', { name: /^Open saddle.png/ });
    await expect(shown).toBeVisible();
    const small = inbox.log.locator('img[width="260"]');
    await expect
      .poll(() => small.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
    await attach(inbox.page, 'conv-composer').setInputFiles([{ ...png, name: 'answer.png' }]);
    await expect(
      inbox.page.locator('conv-composer').getByRole('button', { name: 'Send' }),
    ).not.toHaveAttribute('aria-disabled', 'true');
    await expect(files(inbox.page)).toHaveText(/answer\.png/);
    await inbox.page.getByRole('textbox', { name: 'Reply' }).press('Enter');
    await expect(visitor.log.getByRole('link', { name: /^Open answer.png/ })).toBeVisible();
  });

  await test.step('after a reload the files are still there', async () => {
    await visitor.page.reload();
    await expect(visitor.log.getByRole('link', { name: /^Open answer.png/ })).toBeVisible();
    await expect(visitor.log.getByRole('link', { name: /^Download notes.txt/ })).toBeVisible();
  });
});

test('what is empty, too large or refused says so, and the text stays', async ({ visitor }) => {
  await visitor.visit();
  await visitor.openChat();
  await visitor.field.fill('Still here');
  const asked: string[] = [];
  visitor.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/v1/files'))
      asked.push(request.url());
  });
  await attach(visitor.page, 'chat-widget').setInputFiles([
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    {
      name: 'large.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(11 * 1_048_576),
    },
  ]);
  await expect(files(visitor.page).filter({ hasText: 'empty.txt' })).toContainText(
    'This file is empty',
  );
  await expect(files(visitor.page).filter({ hasText: 'large.bin' })).toContainText('at most 10 MB');
  expect(asked).toEqual([]);

  await attach(visitor.page, 'chat-widget').setInputFiles([
    { name: 'run.exe', mimeType: 'image/png', buffer: Buffer.from('MZ' + '\0'.repeat(200)) },
    text,
  ]);
  await expect(files(visitor.page).filter({ hasText: 'run.exe' })).toContainText('not accepted');
  await expect(visitor.field).toHaveValue('Still here');
  await expect(visitor.page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await visitor.field.press('Enter');
  await expect(visitor.log.getByRole('link', { name: /^Download notes.txt/ })).toBeVisible();
  await expect(visitor.log).toContainText('Still here');
  // What failed is not lost with the message.
  await expect(files(visitor.page)).toHaveCount(3);
});

test('an upload that is cut is tried again by itself', async ({ server, visitor }) => {
  test.slow();
  const { page } = visitor;
  await visitor.visit();
  await visitor.openChat();
  await visitor.write('First');
  await expect(visitor.log).toContainText('Sent');
  await visitor.field.fill('With a photo');
  // The server dies while it is on its way.
  await page.route('**/v1/files', async (route) => {
    await page.unroute('**/v1/files');
    await server.kill();
    await route.continue().catch(() => undefined);
  });
  await attach(page, 'chat-widget').setInputFiles([png]);
  await expect(files(page)).toContainText('There is no connection');
  await expect(visitor.field).toHaveValue('With a photo');
  await server.restart();
  await expect(files(page)).not.toContainText('There is no connection', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await visitor.field.press('Enter');
  await expect(visitor.log.getByRole('link', { name: /^Open saddle.png/ })).toBeVisible();
});

test('a comment’s file reaches no frame of the visitor (S3.22)', async ({ visitor, inbox }) => {
  const frames: string[] = [];
  visitor.page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
  });
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await visitor.visit();
  await visitor.openChat();
  await visitor.write('Is the lock any good?');
  await inbox.open('Is the lock any good?');

  await inbox.page.getByRole('tab', { name: 'Comment' }).click();
  await attach(inbox.page, 'conv-composer').setInputFiles([
    { ...text, name: 'secret-margins.txt' },
  ]);
  await expect(
    inbox.page.locator('conv-composer').getByRole('button', { name: 'Send' }),
  ).not.toHaveAttribute('aria-disabled', 'true');
  await inbox.page.getByRole('tab', { name: 'Reply' }).click();
  await expect(files(inbox.page)).toHaveCount(0);
  await inbox.comment('Between us');
  await expect(inbox.log.getByRole('link', { name: /^Download secret-margins/ })).toBeVisible();
  await inbox.reply('It is.');
  await expect(visitor.log).toContainText('It is.');
  expect(frames.filter((frame) => frame.includes('secret-margins'))).toEqual([]);
});
