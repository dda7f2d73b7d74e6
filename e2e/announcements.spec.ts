import { agentOf, newAgent, newCaller, send } from './cast.js';
import { expect, test } from './fixtures.js';
import { forget, heard, recordLiveRegions } from './live-regions.js';

/** More than two pages of it. */
const old = Array.from({ length: 200 }, (_, index) => `Old line ${String(index + 1)}`);

/** Failure: a screen reader reads a thread aloud, says a message twice, or not at all. */
test('a screen reader hears each message of somebody else once, and nothing else', async ({
  server,
  session,
  inbox,
}) => {
  const { page, log } = inbox;
  const caller = await newCaller(server.origin, old[0] ?? '');
  const other = await newCaller(server.origin, 'The other conversation');
  const [colleague, elsewhere] = await Promise.all([
    newAgent(server, 'Nils Berg'),
    agentOf(session, server.origin),
  ]);
  const topic = `conversation:${caller.conversationId}`;
  const [theirs, mine] = await Promise.all([
    colleague.peer.join(topic),
    elsewhere.peer.join(topic),
  ]);
  await mine.push('contact:update', { name: 'Kim Sato' });
  for (const text of old.slice(1)) await caller.write(text);

  await recordLiveRegions(page);
  await page.goto(`${server.origin}/inbox#view=all&conversation=${caller.conversationId}`);
  await expect(log).toContainText('Old line 200');
  await expect(page.getByRole('textbox', { name: 'Reply' })).toBeVisible();
  await forget(page);

  await test.step('an exchange', async () => {
    for (const text of ['One?', 'Two?', 'Three?']) await caller.write(text);
    await inbox.reply('One.');
    await inbox.reply('Two and **three**.');
    await inbox.comment('Asks a lot');
    await send(theirs, 'I know about the fourth.', 'comment');
    await send(theirs, 'Let me take it.', 'reply');
    await caller.write('Four?');
    await send(mine, 'Four, from my phone.', 'reply');
    await caller.write('Five?');
    await inbox.reply('Five.');
    await expect(log).toContainText('Five.');
  });
  const said = [
    'polite: Kim Sato: One?',
    'polite: Kim Sato: Two?',
    'polite: Kim Sato: Three?',
    'polite: Comment by Nils Berg: I know about the fourth.',
    'polite: Nils Berg: Let me take it.',
    'polite: Kim Sato: Four?',
    'polite: Kim Sato: Five?',
  ];
  await expect.poll(() => heard(page)).toEqual(said);

  await test.step('history', async () => {
    await expect(async () => {
      await log.evaluate((element) => {
        element.scrollTop = 0;
      });
      await expect(log.getByText('Old line 1', { exact: true })).toBeAttached({ timeout: 200 });
    }).toPass();
  });

  await test.step('an edited and a deleted message', async () => {
    const { id } = await send(theirs, 'Wait for it', 'reply');
    said.push('polite: Nils Berg: Wait for it');
    await expect.poll(() => heard(page)).toEqual(said);
    await theirs.push('message:edit', { messageId: id, text: 'Waited for it' });
    await page.getByRole('button', { name: /^Go to the latest message/ }).click();
    await expect(log).toContainText('Waited for it');
    await theirs.push('message:delete', { messageId: id });
    await expect(log).toContainText('This message was deleted.');
  });

  await test.step('another conversation, and back', async () => {
    await inbox.open('The other conversation');
    await expect(log).toContainText('The other conversation');
    await inbox.open('Kim Sato');
    await expect(log).toContainText('Five.');
  });

  await test.step('other sizes of the window', async () => {
    for (const width of [900, 360, 1280]) {
      await page.setViewportSize({ width, height: 780 });
      await expect(log).toContainText('Five.');
    }
  });
  expect(await heard(page)).toEqual(said);

  await caller.write('Anybody?');
  said.push('polite: Kim Sato: Anybody?');
  await expect.poll(() => heard(page)).toEqual(said);
  for (const { peer } of [colleague, elsewhere]) peer.close();
  for (const { visitor } of [caller, other]) visitor.close();
});
