import { account, MailServer, refusal } from '../server/test/mail-server.js';
import { expectAccessible } from './accessible.js';
import { expect, test as base } from './fixtures.js';
import { Inbox } from './inbox.js';
import { Keys } from './keys.js';
import { Server } from './server.js';
import { watch } from './watch.js';

const mailbox = 'answers@fjordcykel.example';

interface Post {
  mail: MailServer;
  server: Server;
}

/** A server that hands its emails to a real mail server. */
const test = base.extend<{ post: Post }>({
  post: [
    async ({}, use) => {
      const mail = new MailServer();
      await mail.start();
      const server = await Server.start({
        SMTP_URL: mail.url,
        MAIL_FROM: 'Fjord Cykel <mail@fjordcykel.example>',
      });
      await server.command('settings', 'set', `mailbox=${mailbox}`);
      await use({ mail, server });
      const secrets = await server.secretsLogged([account.pass, encodeURIComponent(account.pass)]);
      await server.stop();
      await mail.stop();
      expect(secrets, 'secrets in the log of the whole run').toEqual([]);
    },
    { timeout: 90_000 },
  ],
});

/** Failure: an email that the screen calls sent and nobody got, or that was refused and nobody hears of. */
test('S3.4 an email is written by keys alone and arrives; what is refused is sent by Retry', async ({
  browser,
  post: { mail, server },
}) => {
  const context = await browser.newContext();
  const incidents = await watch(context, server.origin);
  const page = await context.newPage();
  const { log } = new Inbox(page, server.origin);
  const keys = new Keys(page);
  await page.goto(server.signInLink);
  const compose = page.getByRole('button', { name: 'Compose an email', exact: true });
  const dialog = page.getByRole('dialog', { name: 'Compose an email', exact: true });
  const reply = page.getByRole('textbox', { name: 'Reply', exact: true });
  let take: () => void = () => undefined;
  const taken = new Promise<null>((resolve) => (take = () => resolve(null)));

  await keys.act('writes and sends', async () => {
    mail.answer = () => taken;
    await keys.enter(compose);
    await expect(dialog.getByRole('combobox', { name: 'To', exact: true })).toBeFocused();
    await expect(dialog.getByText(`Answers arrive at ${mailbox}.`)).toBeVisible();
    await expectAccessible(page);
    await keys.type('tess.berg@kunde.example');
    await keys.press('Tab');
    await expect(dialog.getByRole('textbox', { name: 'Subject' })).toBeFocused();
    await keys.type('Größe 52 — your order');
    await keys.press('Tab');
    await expect(dialog.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
    await keys.type('It is **ready**.');
    await keys.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(compose).toBeFocused();
  });

  await test.step('the thread says how far it came', async () => {
    const line = log.locator('.email', { hasText: 'example · Größe 52 — your order' });
    await expect(line).toContainText('Sending');
    await expectAccessible(page);
    take();
    await expect(line).toContainText(/Sent\s*$/);
    await expect(page.getByText(`Answers arrive at ${mailbox}.`)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('it arrived', async () => {
    const { envelope, email } = await mail.to('tess.berg@kunde.example');
    expect(envelope.from).toBe('mail@fjordcykel.example');
    expect(email.from).toMatchObject({ name: 'Fjord Cykel', address: 'mail@fjordcykel.example' });
    expect(email.replyTo).toMatchObject([{ address: mailbox }]);
    expect(email.subject).toBe('Größe 52 — your order');
    expect(email.html).toContain('It is <strong>ready</strong>.');
    expect(email.messageId).toMatch(/^<ms_[\w-]+@fjordcykel\.example>$/);
  });

  await keys.act('a reply goes by email too; it is refused', async () => {
    mail.answer = () => refusal(550, 'No such person here');
    await keys.press('r');
    await expect(reply).toBeFocused();
    await keys.type('Come by until six.');
    await keys.press('Enter');
    const line = log.locator('.email', { hasText: 'Re: Größe 52 — your order' });
    await expect(line).toContainText(/Not sent:\s*550 No such person here/);
    await expectAccessible(page);
  });

  await keys.act('Retry, once the mail server takes it', async () => {
    mail.answer = () => null;
    const retry = log.getByRole('button', { name: 'Retry', exact: true });
    await keys.back(retry);
    await keys.press('Enter');
    await expect(log.locator('.email', { hasText: 'Re: Größe 52 — your order' })).toContainText(
      /Sent\s*$/,
    );
    await expect(retry).toHaveCount(0);
    const [first, second] = await mail.has(2);
    expect(second?.email.text).toContain('Come by until six.');
    expect(second?.email.inReplyTo).toBe(first?.email.messageId);
    expect(second?.email.replyTo).toMatchObject([{ address: mailbox }]);
  });

  expect(incidents).toEqual({ violations: [], foreign: [], leaks: [], errors: [], dialogs: [] });
  await context.close();
});

test('S3.4 where mail is not configured the button says so, and how to turn it on', async ({
  inbox,
}) => {
  const { page } = inbox;
  await inbox.visit();
  const compose = page.getByRole('button', { name: 'Compose an email', exact: true });
  await expect(compose).toHaveAccessibleDescription('This server sends no email yet.');
  await compose.click();
  const dialog = page.getByRole('dialog', { name: 'Compose an email', exact: true });
  await expect(dialog).toContainText('Whoever runs it sets SMTP_URL and MAIL_FROM');
  await expect(dialog).toHaveAccessibleDescription(/SMTP_URL/);
  await expectAccessible(page);
});
