import { expectAccessible } from './accessible.js';
import { agentOf, newAgent, newCaller, workspaceOf } from './cast.js';
import { agent, expect, test } from './fixtures.js';
import { Keys } from './keys.js';

/** Each act of an agent by keys alone; the focus is never lost, and axe looks at what opens. */
test.describe.configure({ timeout: 90_000 });

test('S3.37 the list: views, filters, order, search, several at once', async ({
  server,
  inbox,
}) => {
  const { page } = inbox;
  const keys = new Keys(page);
  const list = page.locator('conv-list');
  for (const name of ['one', 'two', 'three', 'four']) {
    (await newCaller(server.origin, `Kingfisher ${name}`)).visitor.close();
  }
  await page.goto(`${server.origin}/inbox`);
  await expect(inbox.view('All messages')).toBeVisible();

  await keys.act('another view', async () => {
    await keys.enter(inbox.view('All messages'));
    await expect(inbox.view('All messages')).toHaveAttribute('aria-current', 'page');
    await expect(inbox.card('Kingfisher four')).toBeVisible();
    await expectAccessible(page);
  });

  await keys.act('filters', async () => {
    const channel = list.getByRole('combobox', { name: 'Channel', exact: true });
    await keys.to(channel);
    await keys.type('So');
    await expect(inbox.cards).toHaveCount(0);
    await expectAccessible(page);
    await expect(channel).toBeFocused();
    await keys.press('Home');
    await expect(inbox.card('Kingfisher four')).toBeVisible();
    const state = list.getByRole('combobox', { name: 'State', exact: true });
    await keys.to(state);
    await keys.press('ArrowDown');
    await expect(inbox.card('Kingfisher four')).toBeHidden();
    await keys.press('ArrowUp');
    await expect(inbox.card('Kingfisher four')).toBeVisible();
  });

  await keys.act('order', async () => {
    await keys.enter(list.getByRole('button', { name: 'Newest first', exact: true }));
    const turned = list.getByRole('button', { name: 'Oldest first', exact: true });
    await expect(turned).toBeFocused();
    await keys.press('Enter');
    await expect(inbox.cards.first()).toContainText('Kingfisher four');
  });

  const search = list.getByRole('textbox', { name: 'Search conversations' });
  await keys.act('search and open', async () => {
    await keys.press('/');
    await expect(search).toBeFocused();
    await keys.type('nothing such');
    await expect(list.getByText('Nothing found')).toBeVisible();
    await expectAccessible(page);
    await keys.press('Escape');
    await expect(search).toHaveValue('');
    await keys.type('kingfish');
    await expect(inbox.cards).toHaveCount(4);
    await expectAccessible(page);
    await keys.press('ArrowDown', 'End', 'Enter');
    await expect(inbox.log).toContainText('Kingfisher one');
  });

  await keys.act('close by the card’s check mark, and undo', async () => {
    await keys.press('Home', 'Tab', 'Tab');
    await expect(
      inbox.card('Kingfisher four').getByRole('button', { name: 'Close conversation' }),
    ).toBeFocused();
    await keys.press('Enter');
    await expect(list.getByText('Conversation closed')).toBeVisible();
    await keys.enter(list.getByRole('button', { name: 'Undo', exact: true }));
    await expect(
      inbox.card('Kingfisher four').getByRole('button', { name: 'Close conversation' }),
    ).toBeAttached();
  });

  const picking = list.getByRole('button', { name: 'Select conversations', exact: true });
  const all = list.getByRole('checkbox', { name: 'Select all', exact: true });
  /** Checks the first and the last of those that are found. */
  const select = async (): Promise<void> => {
    await keys.press('/', 'Escape');
    await keys.type('kingfish');
    await expect(inbox.cards.first()).toContainText('Kingfisher four');
    await keys.enter(picking);
    await expect(all).toBeFocused();
    await keys.to(list.locator('.card[tabindex="0"]'));
    await keys.press('Home');
    await expect(inbox.cards.first().getByRole('button').first()).toBeFocused();
    await keys.press('Tab', 'Space', 'End');
    await expect(inbox.cards.last().getByRole('button').first()).toBeFocused();
    await keys.press('Tab', 'Space');
    await expect(list.getByText('2 selected', { exact: true })).toBeVisible();
  };

  await keys.act('select several and close them, and undo', async () => {
    await select();
    await expectAccessible(page);
    await keys.back(list.getByRole('button', { name: 'Close', exact: true }));
    await keys.press('Enter');
    await expect(list.getByText('2 conversations closed')).toBeVisible();
    await expectAccessible(page);
    await keys.enter(list.getByRole('button', { name: 'Undo', exact: true }));
    await expect(list.getByRole('button', { name: 'Undo', exact: true })).toBeHidden();
  });

  await keys.act('give up selecting', async () => {
    await select();
    await keys.press('Escape');
    await expect(picking).toBeFocused();
  });

  await keys.act('delete several after a question', async () => {
    await select();
    await keys.back(list.getByRole('button', { name: 'Delete', exact: true }));
    await keys.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Delete 2 conversations?' });
    await expect(question.getByRole('button', { name: 'Cancel', exact: true })).toBeFocused();
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(question).toBeHidden();
    await keys.press('Enter');
    await keys.enter(question.getByRole('button', { name: 'Delete', exact: true }));
    await expect(list.getByText('2 conversations deleted')).toBeVisible();
    await expect(inbox.card('Kingfisher four')).toHaveCount(0);
  });
});

test('S3.37 the thread: assign, block, close, delete; own messages; single keys', async ({
  server,
  session,
  inbox,
}) => {
  const { page, log } = inbox;
  const keys = new Keys(page);
  const thread = page.locator('conv-thread');
  const header = (name: string) => thread.getByRole('button', { name, exact: true });
  const elsewhere = await agentOf(session, server.origin);
  const colleague = await newAgent(server, 'Ada Holm');
  const older = await newCaller(server.origin, 'Heron one');
  const newer = await newCaller(server.origin, 'Heron two');
  const office = await elsewhere.peer.join(`inbox:${await workspaceOf(server.origin)}`);
  const group = { name: 'Workshop', names: {}, private: false, memberIds: [] };
  await office.push('group:save', group);
  await page.goto(`${server.origin}/inbox#view=all&conversation=${older.conversationId}`);
  await expect(log).toContainText('Heron one');
  await keys.press('Tab');

  await keys.act('j and k move', async () => {
    await keys.press('k');
    await expect(log).toContainText('Heron two');
    await keys.press('j');
    await expect(log).toContainText('Heron one');
  });

  await keys.act('a assigns: to a colleague and to oneself', async () => {
    await keys.press('a');
    const menu = thread.getByRole('menu', { name: 'Assign to agent', exact: true });
    const me = menu.getByRole('menuitem', { name: 'Assign to me', exact: true });
    await expect(me).toBeFocused();
    await expectAccessible(page);
    await keys.type('Ada');
    const ada = menu.getByRole('menuitemcheckbox', { name: 'Ada Holm' });
    await expect(ada).toBeFocused();
    await keys.press('Enter');
    await expect(ada).toBeChecked();
    await expect(ada).toBeFocused();
    await keys.press('Home', 'Enter');
    await expect(
      thread.getByRole('img', { name: `Assigned to Ada Holm and ${agent.name}` }),
    ).toBeVisible();
    await expect(header('Assign to agent')).toBeFocused();
  });

  await keys.act('assign to a group', async () => {
    await keys.enter(header('Assign to group'));
    const menu = thread.getByRole('menu', { name: 'Assign to group', exact: true });
    await expect(menu.getByRole('menuitemradio', { name: 'No group' })).toBeFocused();
    await expectAccessible(page);
    await keys.press('ArrowDown', 'Enter');
    await expect(thread.getByText('Group Workshop')).toBeVisible();
    await expect(header('Assign to group')).toBeFocused();
  });

  await keys.act('block, and lift it', async () => {
    await keys.enter(header('Block contact'));
    const dialog = page.getByRole('dialog', { name: 'Block contact', exact: true });
    await expect(dialog.getByRole('radio', { name: 'Block this contact' })).toBeFocused();
    await expectAccessible(page);
    await keys.press('ArrowDown', 'ArrowUp');
    await keys.enter(dialog.getByRole('button', { name: 'Block', exact: true }));
    await expect(header('Unblock contact')).toBeFocused();
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(header('Block contact')).toBeFocused();
  });

  await keys.act('close and reopen, by button and by e', async () => {
    await keys.enter(header('Close conversation'));
    await expect(header('Reopen conversation')).toBeFocused();
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(header('Close conversation')).toBeFocused();
    await keys.press('e');
    await expect(header('Reopen conversation')).toBeVisible();
    await keys.press('e');
    await expect(header('Close conversation')).toBeVisible();
  });

  await keys.act('r replies, c comments', async () => {
    await keys.press('r');
    await expect(page.getByRole('textbox', { name: 'Reply', exact: true })).toBeFocused();
    await keys.type('Herons fly');
    await keys.press('Enter');
    await expect(log).toContainText('Herons fly');
    await keys.press('Shift+Tab', 'c');
    await expect(page.getByRole('textbox', { name: 'Comment', exact: true })).toBeFocused();
    await keys.type('A bird');
    await keys.press('Enter');
    await expect(log).toContainText('A bird');
  });

  const edit = log.locator('.edit-act[tabindex="0"]');
  await keys.act('edit one’s own message', async () => {
    await keys.back(edit);
    await keys.press('Enter');
    const field = log.getByRole('textbox', { name: 'Edit message' });
    await expect(field).toBeFocused();
    await expectAccessible(page);
    await keys.press('Control+a');
    await keys.type('A grey bird');
    await keys.press('Enter');
    await expect(log).toContainText('A grey bird');
    await expect(edit).toBeFocused();
  });

  await keys.act('delete one’s own message after a question', async () => {
    await keys.press('Tab', 'Enter');
    const question = log.getByRole('group', { name: 'Delete message' });
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expectAccessible(page);
    await keys.press('Tab', 'Enter');
    await expect(log).toContainText('This message was deleted.');
    await expectAccessible(page);
  });

  await keys.act('? shows the keys', async () => {
    await keys.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts', exact: true });
    await expect(dialog.getByText('Next conversation')).toBeVisible();
    await expectAccessible(page);
    await keys.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await keys.act('delete the conversation after a question', async () => {
    await keys.back(header('Delete conversation'));
    await keys.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Delete this conversation?' });
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expectAccessible(page);
    await keys.press('Tab', 'Enter');
    await expect(inbox.card('Heron one')).toHaveCount(0);
    await expect(question).toBeHidden();
  });
  for (const { peer } of [elsewhere, colleague]) peer.close();
  for (const { visitor } of [older, newer]) visitor.close();
});
