import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { newCaller } from './cast.js';
import { agent, expect, test } from './fixtures.js';

/** Hosts, screen readers and tests of hosts rely on these: the specification fixes them. */
test('the inbox has the names and roles of the specification', async ({ server, inbox }) => {
  const { page, log } = inbox;
  const caller = await newCaller(server.origin, 'What is it called?');
  await page.goto(`${server.origin}/inbox#view=all&conversation=${caller.conversationId}`);
  await expect(log).toContainText('What is it called?');
  const thread = page.locator('conv-thread');
  const composer = page.locator('conv-composer');
  const exact = { exact: true } as const;

  await test.step('navigation', async () => {
    const navigation = page.getByRole('navigation', { name: 'Inbox', ...exact });
    for (const name of ['My messages', 'Unassigned', 'All messages']) {
      await expect(navigation.getByRole('link', { name, ...exact })).toBeVisible();
    }
  });

  await test.step('list', async () => {
    const list = page.locator('conv-list');
    await expect(list.getByRole('button', { name: 'Compose an email', ...exact })).toBeVisible();
    await expect(list.getByRole('button', { name: 'Newest first', ...exact })).toBeVisible();
    await expect(list.getByRole('textbox', { name: 'Search conversations' })).toBeVisible();
    const options = (name: string) =>
      list.getByRole('combobox', { name, ...exact }).locator('option');
    const trimmed = async (name: string) =>
      (await options(name).allTextContents()).map((text) => text.trim());
    expect(await trimmed('Channel')).toEqual(['All channels', 'Email', 'Chat', 'Social']);
    expect(await trimmed('State')).toEqual(['Open', 'Closed']);
    await expect(
      inbox
        .card('What is it called?')
        .getByRole('button', { name: 'Close conversation', ...exact }),
    ).toBeAttached();
    await list.getByRole('button', { name: 'Newest first', ...exact }).click();
    await list.getByRole('button', { name: 'Oldest first', ...exact }).click();
    await list.getByRole('button', { name: 'Select conversations', ...exact }).click();
    await expect(list.getByRole('checkbox', { name: 'Select all', ...exact })).toBeVisible();
    for (const name of ['Close', 'Delete']) {
      await expect(list.getByRole('button', { name, ...exact })).toBeVisible();
    }
    await page.keyboard.press('Escape');
  });

  await test.step('status', async () => {
    await inbox.status.click();
    const menu = page.getByRole('menu', { name: 'Status', ...exact });
    for (const name of ['Online', 'Offline', 'Invisible']) {
      await expect(menu.getByRole('menuitemradio', { name, ...exact })).toBeVisible();
    }
    for (const name of ['Chat profile', 'Availability', 'Notification settings']) {
      await expect(menu.getByRole('menuitem', { name, ...exact })).toBeVisible();
    }
    await page.keyboard.press('Escape');
  });

  await test.step('thread', async () => {
    const acts = ['Block contact', 'Delete conversation', 'Assign to group', 'Assign to agent'];
    for (const name of [...acts, 'Close conversation']) {
      await expect(thread.getByRole('button', { name, ...exact })).toBeVisible();
    }
    await expect(thread.getByRole('region', { name: 'Messages', ...exact })).toBeVisible();
    await inbox.reply('A name.');
    await expect(thread.getByText(/· (?:Sent|Delivered)/)).toBeVisible();
  });

  await test.step('composer', async () => {
    for (const name of ['Comment', 'Reply']) {
      await composer.getByRole('tab', { name, ...exact }).click();
      await expect(composer.getByRole('tab', { name, ...exact })).toHaveAttribute(
        'aria-selected',
        'true',
      );
      await expect(composer.getByRole('textbox', { name, ...exact })).toBeFocused();
    }
    for (const name of ['Send', 'Saved replies', 'Attach files', 'Emoji', 'Bold', 'Italic']) {
      await expect(composer.getByRole('button', { name, ...exact })).toBeVisible();
    }
    await page.keyboard.type('To be kept');
    await composer.getByRole('button', { name: 'Saved replies', ...exact }).click();
    await expect(composer.getByRole('button', { name: 'Save as reply', ...exact })).toBeVisible();
    await page.keyboard.press('Escape');
    await composer.getByRole('textbox', { name: 'Reply', ...exact }).fill('');
  });

  await test.step('offline and closed', async () => {
    await inbox.setStatus('Offline');
    await composer.getByRole('button', { name: 'Go online', ...exact }).click();
    await expect(inbox.status).toHaveAccessibleName('Your status: Online');
    await thread.getByRole('button', { name: 'Close conversation', ...exact }).click();
    await expect(
      thread.getByRole('button', { name: 'Reopen conversation', ...exact }),
    ).toBeVisible();
  });
  caller.visitor.close();
});

/** Of messages of every kind, and of what was done to them. */
async function everyKind(page: Page): Promise<void> {
  for (const text of ['Is this seen?', 'Noted', 'It is.', 'This message was deleted.', 'joined']) {
    await expect(page.locator('conv-thread')).toContainText(text);
  }
}

const looks = [
  { name: 'light', scheme: 'light', lang: 'en' },
  { name: 'dark', scheme: 'dark', lang: 'en' },
  { name: 'right to left', scheme: 'light', lang: 'ar' },
] as const;

test('messages of every kind are accessible, wide and narrow, in each look', async ({
  server,
  inbox,
}) => {
  const { page } = inbox;
  const thread = page.locator('conv-thread');
  const caller = await newCaller(server.origin, 'Is this seen?');
  test.slow();
  await page.goto(`${server.origin}/inbox#view=all&conversation=${caller.conversationId}`);
  await inbox.comment(`Noted, @${agent.name}`);
  await inbox.reply('It **is**. `See` [there](https://example.com):\n\n- one\n- two\n\n> three');
  await inbox.reply('Not this');
  // Its buttons come with the pointer.
  await inbox.log.getByText('Not this', { exact: true }).hover();
  await inbox.log.getByRole('button', { name: 'Delete message' }).last().click();
  await inbox.log.getByRole('button', { name: 'Delete', exact: true }).click();
  await thread.getByRole('button', { name: 'Close conversation' }).click();
  await everyKind(page);
  for (const { name, scheme, lang } of looks) {
    await test.step(name, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      if (lang === 'ar') {
        // Before the page's modules run: elements read it when they come.
        await page.addInitScript(() => {
          document.addEventListener('readystatechange', () => {
            document.documentElement.lang = 'ar';
          });
        });
        await page.setViewportSize({ width: 1440, height: 780 });
        await page.reload();
      }
      const dir = lang === 'ar' ? 'rtl' : 'ltr';
      await expect(page.locator('conv-inbox .inbox')).toHaveAttribute('dir', dir);
      for (const width of [1440, 360]) {
        await page.setViewportSize({ width, height: 780 });
        await everyKind(page);
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
    });
  }
  caller.visitor.close();
});
