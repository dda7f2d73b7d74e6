import { expectAccessible } from './accessible.js';
import { expect, test } from './fixtures.js';
import { Keys } from './keys.js';

/** No spec's pointer is used here: every act is a key. */
test('the whole job with the keyboard alone', async ({ server, visitor, inbox }) => {
  test.slow();
  const question = 'Do you take bikes in exchange?';

  await test.step('the visitor opens the chat and writes', async () => {
    const { page } = visitor;
    await visitor.visit();
    await expect(visitor.launcher).toBeVisible();
    await new Keys(page).to(visitor.launcher);
    await page.keyboard.press('Enter');
    await expect(visitor.field).toBeFocused();
    await page.keyboard.type(question);
    await page.keyboard.press('Enter');
    await expect(visitor.log).toContainText(question);
    await expect(visitor.field).toBeFocused();
  });

  const { page } = inbox;
  const keys = new Keys(page);
  await test.step('the agent signs in by a link', async () => {
    await page.context().clearCookies();
    await page.goto(await server.newSignInLink());
    await expect(page).toHaveURL(`${server.origin}/inbox`);
  });

  await test.step('picks the conversation', async () => {
    const unassigned = inbox.view('Unassigned');
    await expect(unassigned).toBeVisible();
    await keys.to(unassigned);
    await page.keyboard.press('Enter');
    const card = inbox.card(question).getByRole('button').first();
    await expect(card).toBeVisible();
    await keys.to(page.locator('conv-list').locator('.card[tabindex="0"]'));
    await page.keyboard.press('Home');
    await expect(card).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(inbox.log).toContainText(question);
  });

  await test.step('comments and replies', async () => {
    const reply = page.getByRole('tab', { name: 'Reply' });
    await keys.to(reply);
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Comment' })).toBeFocused();
    await keys.to(page.getByRole('textbox', { name: 'Comment' }));
    await page.keyboard.type('Asks for an exchange');
    await page.keyboard.press('Enter');
    await expect(inbox.log).toContainText('Asks for an exchange');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowLeft');
    await keys.to(page.getByRole('textbox', { name: 'Reply' }));
    await page.keyboard.type('We do, if it rolls.');
    await page.keyboard.press('Enter');
    await expect(visitor.log).toContainText('We do, if it rolls.');
    await expectAccessible(page);
  });

  await test.step('gives the contact a name', async () => {
    const contact = page.locator('conv-contact');
    await keys.to(contact.getByRole('button', { name: 'Add Name' }));
    await page.keyboard.press('Enter');
    await expect(contact.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.type('Kim Sato');
    await page.keyboard.press('Enter');
    await expect(contact.getByRole('button', { name: 'Edit Name: Kim Sato' })).toBeFocused();
    await expect(inbox.card('Kim Sato')).toBeVisible();
  });

  await test.step('closes the conversation', async () => {
    const close = page.locator('conv-thread').getByRole('button', { name: 'Close conversation' });
    await keys.to(close);
    await page.keyboard.press('Enter');
    await expect(
      page.locator('conv-thread').getByRole('button', { name: 'Reopen conversation' }),
    ).toBeFocused();
  });

  await test.step('the visitor reads and closes the chat', async () => {
    await visitor.page.bringToFront();
    await expect(visitor.field).toBeFocused();
    await visitor.page.keyboard.press('Escape');
    await expect(visitor.launcher).toBeFocused();
  });
});
