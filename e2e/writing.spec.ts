import { agent, expect, test } from './fixtures.js';

/** Failure: a comment is taken for a reply, by an agent who looks or by a server that sends. */
test('S3.22 a comment looks different in composer and thread, and no visitor gets it', async ({
  visitor,
  inbox,
}) => {
  const frames: string[] = [];
  visitor.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(String(payload))),
  );
  await visitor.visit();
  await visitor.openChat();
  await visitor.write('Is anybody here for the tabs?');
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await inbox.open('Is anybody here for the tabs?');
  const box = inbox.page.locator('conv-composer [part~=base]');
  const ground = (): Promise<string> =>
    box.evaluate((element) => getComputedStyle(element).backgroundColor);
  const asReply = await ground();
  await inbox.page.getByRole('tab', { name: 'Comment' }).click();
  await expect(inbox.page.getByRole('textbox', { name: 'Comment' })).toBeFocused();
  await expect(inbox.page.getByText('Only agents see this', { exact: true })).toBeVisible();
  await expect.poll(ground).not.toBe(asReply);
  await inbox.comment('He asked for tabs before.');
  const comment = inbox.log.locator('conv-message', { hasText: 'He asked for tabs before.' });
  await expect(comment.getByText('Comment', { exact: true })).toBeVisible();
  await inbox.reply('We are.');
  await expect(visitor.log).toContainText('We are.');
  expect(frames.some((frame) => frame.includes('We are.'))).toBe(true);
  expect(frames.filter((frame) => /tabs before|comment/.test(frame))).toEqual([]);
});

/** Failure: a page that reloads by itself loses half an hour of writing. */
test('S3.28 drafts of each conversation, and their tab, survive a reload', async ({
  visitor,
  inbox,
}) => {
  const { page } = inbox;
  await visitor.visit();
  await visitor.openChat();
  await visitor.write('Do drafts stay?');
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await inbox.open('Do drafts stay?');
  await page.getByRole('textbox', { name: 'Reply' }).fill('They do');
  await page.getByRole('tab', { name: 'Comment' }).click();
  await page.getByRole('textbox', { name: 'Comment' }).fill(`Ask @${agent.name} `);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue(`Ask @${agent.name} `);
  await page.getByRole('tab', { name: 'Reply' }).click();
  await expect(page.getByRole('textbox', { name: 'Reply' })).toHaveValue('They do');
});
