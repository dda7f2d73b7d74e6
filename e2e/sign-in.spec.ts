import { expectAccessible } from './accessible.js';
import { agent, expect, test } from './fixtures.js';
import { Inbox } from './inbox.js';

test('a link signs in once; then the password does, and signing out ends it', async ({
  server,
  session,
  watched,
}) => {
  // The session stands for the password that was chosen after the first link.
  expect(session.cookies.map(({ httpOnly }) => httpOnly)).toEqual([true]);
  const page = await (await watched()).newPage();
  const inbox = new Inbox(page, server.origin);
  const link = await server.newSignInLink();

  await test.step('a link', async () => {
    await page.goto(link);
    await expect(inbox.view('Unassigned')).toBeVisible();
    await expect(page).toHaveURL(`${server.origin}/inbox`);
  });

  await test.step('signing out', async () => {
    await inbox.signOut();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect(page).toHaveTitle('Inbox');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });

  await test.step('the same link', async () => {
    await page.goto(link);
    await expect(page.getByRole('alert')).toContainText('was used or has expired');
    await expect(page).toHaveURL(`${server.origin}/inbox`);
    await expectAccessible(page);
  });

  await test.step('what is missing is said', async () => {
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toHaveText('Write your email address.');
    await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused();
    await expectAccessible(page);
  });

  await test.step('the password', async () => {
    await inbox.signIn(agent.email, 'not this one');
    await expect(page.getByRole('alert')).toContainText('do not match');
    await inbox.signIn(agent.email, agent.password);
    await expect(inbox.view('Unassigned')).toBeVisible();
  });
});

test('who guesses passwords has to wait, and is told how long', async ({ server, watched }) => {
  const page = await (await watched()).newPage();
  const inbox = new Inbox(page, server.origin);
  await page.goto(`${server.origin}/inbox`);
  const problem = page.getByRole('alert');
  for (let tries = 0; tries < 5; tries++) {
    await inbox.signIn('guess@fjordcykel.example', `guess number ${String(tries)}`);
    await expect(problem).toBeVisible();
  }
  await inbox.signIn('guess@fjordcykel.example', 'one guess more');
  await expect(problem).toHaveText(
    /^Too many failed attempts\. You can try again in \d+ (?:seconds?|minutes), at \d/,
  );
  await expectAccessible(page);
});

test('the title counts the conversations that wait', async ({ visitor, inbox }) => {
  const question = 'Is the workshop open on Saturday?';
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await visitor.visit();
  await visitor.openChat();
  await visitor.write(question);
  await expect(inbox.card(question)).toBeVisible();
  await expect.poll(() => inbox.waiting()).toBeGreaterThan(0);
  const waiting = await inbox.waiting();
  await inbox.open(question);
  await expect.poll(() => inbox.waiting()).toBe(waiting - 1);
});

test('an inbox that cannot reach its server says so, and can be tried again', async ({
  server,
  inbox,
}) => {
  const { page } = inbox;
  await page.route('**/v1/agent/token', (route) => route.abort());
  await page.goto(`${server.origin}/inbox`);
  await expect(page.getByText('There is no connection.', { exact: false })).toBeVisible();
  await expectAccessible(page);
  await page.unroute('**/v1/agent/token');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(inbox.view('Unassigned')).toBeVisible();
});
