import { expectAccessible } from './accessible.js';
import { identify, newAgent, newCaller } from './cast.js';
import { agent, expect, test } from './fixtures.js';
import { Keys } from './keys.js';

/** Each act of an agent by keys alone; the focus is never lost, and axe looks at what opens. */
test.describe.configure({ timeout: 90_000 });

test('S3.37 the composer: formats, saved replies, emoji, mentions, files', async ({
  server,
  inbox,
}) => {
  const { page, log } = inbox;
  const keys = new Keys(page);
  const composer = page.locator('conv-composer');
  const reply = page.getByRole('textbox', { name: 'Reply', exact: true });
  const comment = page.getByRole('textbox', { name: 'Comment', exact: true });
  const tool = (name: string) => composer.getByRole('button', { name, exact: true });
  (await newAgent(server, 'Edda Lund')).peer.close();
  const caller = await newCaller(server.origin, 'When do you ship?');
  await page.goto(`${server.origin}/inbox#view=all&conversation=${caller.conversationId}`);
  await expect(log).toContainText('When do you ship?');
  await keys.to(reply);

  await keys.act('formats by shortcut and by button', async () => {
    await keys.type('Soon');
    await keys.press('Control+a', 'Control+b');
    await expect(reply).toHaveValue('**Soon**');
    await keys.press('Control+a');
    await keys.enter(tool('Quote'));
    await expect(reply).toHaveValue('> **Soon**');
    await keys.back(reply);
    await keys.press('End', 'Enter');
    await expect(log.locator('blockquote strong')).toHaveText('Soon');
    await expectAccessible(page);
  });

  await keys.act('saves what is written as a reply', async () => {
    await keys.type('We ship on Fridays.');
    await keys.enter(tool('Saved replies'));
    const library = composer.getByRole('dialog', { name: 'Saved replies', exact: true });
    await expect(library.getByRole('combobox', { name: 'Search saved replies' })).toBeFocused();
    await expectAccessible(page);
    await keys.enter(library.getByRole('button', { name: 'Save as reply', exact: true }));
    const dialog = composer.getByRole('dialog', { name: 'Save as reply', exact: true });
    const shortcut = dialog.getByRole('textbox', { name: 'Shortcut' });
    await expect(shortcut).toBeVisible();
    await keys.to(shortcut);
    await expectAccessible(page);
    await keys.type('fridays');
    await keys.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(reply).toBeFocused();
  });

  await keys.act('a saved reply by typing /', async () => {
    await keys.press('Control+a');
    await keys.type('/fri');
    await expect(composer.getByRole('option', { name: '/fridays' })).toBeVisible();
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(reply).toHaveValue('We ship on Fridays.');
    await keys.press('Control+a', 'Delete');
  });

  await keys.act('a saved reply by button', async () => {
    await keys.enter(tool('Saved replies'));
    await keys.type('ship');
    await keys.press('Enter');
    await expect(reply).toBeFocused();
    await expect(reply).toHaveValue('We ship on Fridays.');
  });

  await keys.act('emoji', async () => {
    await keys.enter(tool('Emoji'));
    await expect(composer.getByRole('searchbox', { name: 'Search emoji' })).toBeFocused();
    await expectAccessible(page);
    await keys.press('ArrowDown', 'ArrowRight', 'Enter');
    await expect(reply).toBeFocused();
    await expect(reply).toHaveValue(/^We ship on Fridays\.\s*\p{Emoji}/u);
  });

  await keys.act('a file', async () => {
    const chooser = page.waitForEvent('filechooser');
    await keys.enter(tool('Attach files'));
    await (
      await chooser
    ).setFiles({ name: 'times.txt', mimeType: 'text/plain', buffer: Buffer.from('Fridays') });
    await expect(composer.getByRole('list', { name: 'Files to send' })).toContainText('times.txt');
    await expect(composer.getByRole('button', { name: 'Remove times.txt' })).toBeVisible();
    await expectAccessible(page);
    await keys.to(reply, 'Shift+Tab');
    await keys.press('Enter');
    await expect(log.getByRole('list', { name: 'Attachments' })).toContainText('times.txt');
    await expect(reply).toBeFocused();
    await expectAccessible(page);
  });

  await keys.act('a comment that mentions a colleague', async () => {
    await keys.back(page.getByRole('tab', { name: 'Reply', exact: true }));
    await keys.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Comment', exact: true })).toBeFocused();
    await keys.to(comment);
    await keys.type('Look, @edd');
    await expect(composer.getByRole('option', { name: 'Edda Lund' })).toBeVisible();
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(comment).toHaveValue('Look, @Edda Lund ');
    await keys.press('Enter');
    await expect(log).toContainText('Look, @Edda Lund');
    await expectAccessible(page);
  });
  caller.visitor.close();
});

test('S3.37 the contact, and an agent’s own status and settings', async ({ server, inbox }) => {
  const { page, log } = inbox;
  const keys = new Keys(page);
  const contact = page.locator('conv-contact');
  const field = (name: string) => contact.getByRole('textbox', { name, exact: true });
  const button = (name: string) => contact.getByRole('button', { name, exact: true });
  const caller = await newCaller(server.origin, 'Who am I?');
  const elsewhere = await newCaller(server.origin, 'I asked this at home');
  // The second one has a live conversation already: this one is an earlier one from now on.
  await identify(server, 'customer-1', [caller.visitor, elsewhere.visitor]);
  await page.goto(`${server.origin}/inbox#view=all&conversation=${caller.conversationId}`);
  await expect(log).toContainText('Who am I?');

  await keys.act('a field', async () => {
    await keys.enter(button('Add Name'));
    await expect(field('Name')).toBeFocused();
    await keys.type('Toni Weiss');
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(button('Edit Name: Toni Weiss')).toBeFocused();
    await expect(inbox.card('Toni Weiss')).toBeVisible();
  });

  await keys.act('a new field', async () => {
    await keys.enter(button('Add a field'));
    await keys.type('Frame');
    await keys.press('Tab');
    await keys.type('56');
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(button('Edit Frame: 56')).toBeVisible();
    await expect(button('Add a field')).toBeFocused();
    await keys.back(button('Remove Frame'));
    await keys.press('Enter');
    await expect(button('Edit Frame: 56')).toBeHidden();
    await expect(button('Add a field')).toBeFocused();
  });

  await keys.act('tags', async () => {
    await keys.enter(button('Add a tag'));
    await keys.type('vip');
    await keys.press('Enter');
    await expect(button('Remove the tag vip')).toBeVisible();
    await expectAccessible(page);
    await keys.press('Enter');
    await expect(button('Add a tag')).toBeFocused();
    await keys.press('Shift+Tab', 'Enter');
    await expect(button('Remove the tag vip')).toBeHidden();
    await expect(button('Add a tag')).toBeFocused();
  });

  await keys.act('notes', async () => {
    await keys.enter(button('Add a note that only agents see'));
    await expect(field('Notes')).toBeFocused();
    await expectAccessible(page);
    await keys.type('Likes steel');
    await keys.press('Control+Enter');
    await expect(button('Edit Notes: Likes steel')).toBeFocused();
  });

  await keys.act('language and consents', async () => {
    const language = contact.getByRole('combobox', { name: 'Language', exact: true });
    await keys.back(language);
    await keys.type('Germ');
    await expect(language).toHaveValue('de');
    const marketing = contact.getByRole('checkbox', { name: /^Marketing/ });
    await keys.to(marketing);
    await keys.press('Space');
    await expect(marketing).toBeChecked();
    await expect(contact.getByText(/^Given /)).toBeVisible();
    await expectAccessible(page);
  });

  await keys.act('an earlier conversation', async () => {
    const open = contact.getByRole('button', { name: /^Open the conversation of / });
    await keys.enter(open);
    const dialog = page.getByRole('dialog', { name: /^Conversation of / });
    await expect(dialog.getByText('I asked this at home', { exact: true })).toBeVisible();
    await expect(dialog.getByText('An earlier conversation')).toBeVisible();
    await expect(dialog.getByRole('textbox')).toHaveCount(0);
    await expectAccessible(page);
    await keys.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(open).toBeFocused();
  });

  await keys.act('an email', async () => {
    const compose = page.getByRole('button', { name: 'Compose an email', exact: true });
    await keys.enter(compose);
    const dialog = page.getByRole('dialog', { name: 'Compose an email', exact: true });
    await expect(dialog.getByText('Whoever runs it sets SMTP_URL')).toBeVisible();
    await expectAccessible(page);
    await keys.press('Escape');
    await expect(compose).toBeFocused();
  });

  const status = page.getByRole('button', { name: /^Your status: / });
  const menu = page.getByRole('menu', { name: 'Status', exact: true });
  await keys.act('status', async () => {
    await keys.enter(status, 'Shift+Tab');
    await expect(menu.getByRole('menuitemradio', { name: 'Online', exact: true })).toBeFocused();
    await expectAccessible(page);
    await keys.press('ArrowDown', 'ArrowDown', 'Enter');
    await expect(status).toHaveAccessibleName('Your status: Invisible');
    await expect(menu).toBeHidden();
    await expect(status).toBeFocused();
    await keys.press('Enter', 'Home', 'Enter');
    await expect(status).toHaveAccessibleName('Your status: Online');
    await expect(menu).toBeHidden();
  });

  /** Opens one of the agent's own settings from the menu. */
  const settings = async (name: string) => {
    await keys.press('Enter');
    await expect(menu.getByRole('menuitemradio', { name: 'Online', exact: true })).toBeFocused();
    await keys.type(name.slice(0, 2));
    await expect(menu.getByRole('menuitem', { name, exact: true })).toBeFocused();
    await keys.press('Enter');
    const dialog = page.getByRole('dialog', { name, exact: true });
    await expect(dialog.getByRole('heading', { name, exact: true })).toBeFocused();
    return dialog;
  };

  await keys.act('chat profile', async () => {
    const dialog = await settings('Chat profile');
    await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
      agent.name,
    );
    await expectAccessible(page);
    await keys.enter(dialog.getByRole('button', { name: 'Save changes', exact: true }));
    await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
    await keys.press('Escape');
    await expect(status).toBeFocused();
  });

  await keys.act('availability', async () => {
    const dialog = await settings('Availability');
    const use = dialog.getByRole('checkbox', { name: 'Keep weekly hours' });
    await keys.to(use);
    await keys.press('Space');
    await expect(dialog.getByRole('group', { name: 'Monday', exact: true })).toBeVisible();
    await expectAccessible(page);
    await keys.enter(dialog.getByRole('button', { name: 'Add hours on Sunday', exact: true }));
    await expect(dialog.getByLabel('Sunday, from')).toBeFocused();
    await keys.enter(dialog.getByRole('button', { name: /^Remove .* on Sunday|^Remove Sunday/ }));
    await keys.back(use);
    await keys.press('Space');
    await keys.enter(dialog.getByRole('button', { name: 'Save changes', exact: true }));
    await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
    await keys.press('Escape');
    await expect(status).toBeFocused();
  });

  await keys.act('notification settings', async () => {
    const dialog = await settings('Notification settings');
    const sound = dialog.getByRole('combobox', { name: 'Play a sound for' });
    const before = await sound.inputValue();
    await keys.to(sound);
    await keys.press('End');
    await expect(sound).toHaveValue('none');
    await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
    await expectAccessible(page);
    while ((await sound.inputValue()) !== before) await keys.press('ArrowUp');
    await keys.press('Escape');
    await expect(status).toBeFocused();
  });
  for (const { visitor } of [caller, elsewhere]) visitor.close();
});
