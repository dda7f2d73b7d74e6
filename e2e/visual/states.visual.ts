import { expect } from '@playwright/test';
import { test, type OfficePage } from './office-page.js';

const small = { width: 960, height: 560 };

test('a mention in a comment', async ({ office }) => {
  await office.visit(small);
  await office.open('Aïsha Diallo');
  await office.page.getByRole('tab', { name: 'Comment' }).click();
  await office.page
    .getByRole('textbox', { name: 'Comment' })
    .fill('Two are left, in the **drawer**.');
  await office.looksLike('comment');
});

test('an email that failed', async ({ office }) => {
  await office.visit({ ...small, dark: true });
  await office.open('田中');
  await office.looksLike('email-failed-dark');
});

test('no connection', async ({ office }) => {
  await office.visit(small);
  await office.open('عمر الفارسي');
  await office.happen('Cut the connection');
  await expect(office.inbox.getByRole('button', { name: 'Try again' }).first()).toBeVisible();
  await office.looksLike('offline');
});

test('signed out elsewhere', async ({ office }) => {
  await office.visit({ ...small, dark: true });
  await office.open('Sinead Kelly');
  await office.happen('Sign the agent out elsewhere');
  await expect(office.inbox.getByRole('button', { name: 'Try again' }).first()).toBeVisible();
  await office.looksLike('refused-dark');
});

test('nothing is there yet', async ({ office }) => {
  await office.load({ ...small, query: { latency: '50000' } });
  await expect(office.page.locator('conv-list .bones')).toBeVisible();
  await office.looksLike('loading');
});

test('a view without conversations', async ({ office }) => {
  await office.visit(small);
  await office.page.locator('conv-list').getByLabel('Channel').selectOption('Email');
  await office.view('Unassigned').click();
  await expect(office.page.locator('conv-list .state')).toBeVisible();
  await office.looksLike('empty');
});

test('several are selected', async ({ office }) => {
  await office.visit(small);
  for (const name of ['Maja Lindqvist', '田中', 'Paula Brandt']) {
    const card = office.card(name);
    await card.hover();
    await card.getByRole('checkbox').click();
  }
  await office.looksLike('selected');
  await office.page.locator('conv-list').getByRole('button', { name: 'Delete' }).first().click();
  await office.looksLike('selected-delete');
});

test('a search', async ({ office }) => {
  await office.visit(small);
  const field = office.page.getByRole('textbox', { name: 'Search conversations' });
  await field.fill('frame');
  await expect(office.page.locator('conv-list mark').first()).toBeVisible();
  await office.looksLike('search');
  await field.fill('unicycle');
  await expect(office.page.getByText('Nothing found for')).toBeVisible();
  await office.looksLike('search-none');
});

test('deleting is asked', async ({ office }) => {
  await office.visit({ ...small, dark: true });
  await office.open('Maja Lindqvist');
  await office.page
    .locator('conv-thread')
    .getByRole('button', { name: 'Delete conversation' })
    .click();
  await office.looksLike('delete-dark');
});

async function openMenu(office: OfficePage): Promise<void> {
  await office.page.locator('conv-agent-status').getByRole('button').first().click();
}

test('the agent’s menu and its dialogs', async ({ office }) => {
  await office.visit(small);
  await openMenu(office);
  await office.looksLike('menu');
  await office.page.getByRole('menuitem', { name: 'Availability' }).click();
  await expect(office.page.getByText('Keep weekly hours')).toBeVisible();
  await office.looksLike('menu-availability');
});

test('the agent’s dialogs on a phone', async ({ office }) => {
  await office.visit({ width: 360, height: 740, dark: true });
  await openMenu(office);
  await office.page.getByRole('menuitem', { name: 'Notification settings' }).click();
  await expect(office.page.getByText('Play a sound for')).toBeVisible();
  await office.looksLike('menu-notifications-360-dark');
});

test('the agent’s profile', async ({ office }) => {
  await office.visit(small);
  await openMenu(office);
  await office.page.getByRole('menuitem', { name: 'Chat profile' }).click();
  await expect(office.page.getByRole('dialog')).toBeVisible();
  await office.looksLike('menu-profile');
});

test('the list of keys', async ({ office }) => {
  await office.visit({ ...small, dark: true });
  await office.page.keyboard.press('?');
  await expect(office.page.getByRole('dialog')).toBeVisible();
  await office.looksLike('keys-dark');
});

test('agents and groups of a conversation', async ({ office }) => {
  await office.visit(small);
  await office.open('Aïsha Diallo');
  const thread = office.page.locator('conv-thread');
  await thread.getByRole('button', { name: 'Assign to agent' }).click();
  await office.looksLike('assign');
  await office.page.keyboard.press('Escape');
  await thread.getByRole('button', { name: 'Assign to group' }).click();
  await office.page.getByRole('menuitem', { name: 'Edit groups' }).click();
  await office.page.getByRole('button', { name: 'Edit Workshop' }).click();
  await office.looksLike('groups');
});

test('saved replies', async ({ office }) => {
  await office.visit(small);
  await office.open('Maja Lindqvist');
  await office.page.getByRole('textbox', { name: 'Reply' }).pressSequentially('/s');
  await expect(office.page.locator('conv-composer').getByRole('option').first()).toBeVisible();
  await office.looksLike('saved-replies');
});

test('an email is written', async ({ office }) => {
  await office.visit(small);
  await office.inbox.getByRole('button', { name: 'Compose an email' }).click();
  await expect(office.page.getByRole('textbox', { name: 'Subject' })).toBeVisible();
  await office.looksLike('compose-email');
});
