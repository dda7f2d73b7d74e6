import { expectAccessible } from './accessible.js';
import { expect, test } from './fixtures.js';

test('S2.3 S2.4 an unanswered message turns the dot red, and a reply clears it', async ({
  server,
  visitor,
  inbox,
}) => {
  test.slow();
  const question = 'Is anybody there for the gravel bike?';
  await server.command('settings', 'set', 'missedAfterMs=2000');
  await inbox.visit();
  await visitor.visit();
  await visitor.openChat();
  await visitor.write(question);
  await inbox.view('All messages').click();
  await inbox.open(question);

  await test.step('unassigned conversations are never red', async () => {
    await inbox.reply('Yes, I am.');
    await expect(visitor.log).toContainText('Yes, I am.');
  });

  const answered = 'Splendid, does it fit 32 mm tyres?';
  const card = inbox.card(answered);
  await test.step('red after the limit, while the agent looks', async () => {
    await visitor.write(answered);
    await expect(card).toBeVisible();
    await expect(inbox.dot(card).getByRole('img', { name: 'Missed' })).toBeHidden();
    await expect(inbox.dot(card).getByRole('img', { name: 'Missed' })).toBeVisible();
    await expectAccessible(inbox.page);
  });

  await test.step('a reply clears it', async () => {
    await inbox.reply('Up to 40 mm.');
    await expect(inbox.dot(inbox.card('Up to 40 mm.')).getByRole('img')).toBeHidden();
  });

  await test.step('red at once when the agent goes offline', async () => {
    await server.command('settings', 'set', 'missedAfterMs=600000');
    await inbox.page.reload();
    const urgent = 'And with mudguards?';
    await visitor.write(urgent);
    const waiting = inbox.card(urgent);
    await expect(waiting).toBeVisible();
    await expect(inbox.dot(waiting).getByRole('img', { name: 'Missed' })).toBeHidden();
    await inbox.setStatus('Offline');
    await expect(inbox.dot(waiting).getByRole('img', { name: 'Missed' })).toBeVisible();
    await expectAccessible(inbox.page);
    await inbox.setStatus('Online');
    await expect(inbox.dot(waiting).getByRole('img', { name: 'Missed' })).toBeHidden();
    await inbox.setStatus('Offline');
    await expect(inbox.dot(waiting).getByRole('img', { name: 'Missed' })).toBeVisible();
    await inbox.open(urgent);
    await inbox.reply('38 mm then.');
    await expect(inbox.dot(inbox.card('38 mm then.')).getByRole('img')).toBeHidden();
  });

  await inbox.setStatus('Online');
  await server.command('settings', 'set', 'missedAfterMs=30000');
});
