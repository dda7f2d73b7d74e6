import type { Locator, Page } from '@playwright/test';
import { invite } from './cast.js';
import { agent, expect, test } from './fixtures.js';
import { Inbox } from './inbox.js';

/** Lets what the server says to a page wait; what the page says goes on. */
async function holdable(page: Page): Promise<{ hold(): void; release(): void }> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/\/socket\//, (socket) => {
    socket.connectToServer().onMessage((frame) => {
      const pass = (): void => socket.send(frame);
      if (held) held.push(pass);
      else pass();
    });
  });
  return {
    hold: () => (held = []),
    release() {
      const passes = held ?? [];
      held = null;
      for (const pass of passes) pass();
    },
  };
}

async function edit(inbox: Inbox, field: string, value: string): Promise<void> {
  const contact = inbox.page.locator('conv-contact');
  await contact.getByRole('button', { name: new RegExp(`^(?:Add|Edit) ${field}`) }).click();
  const input = contact.getByRole('textbox', { name: field });
  await input.fill(value);
  await input.press('Enter');
}

async function assign(inbox: Inbox, name: string): Promise<void> {
  const thread = inbox.page.locator('conv-thread');
  await thread.getByRole('button', { name: 'Assign to agent' }).click();
  await thread.getByRole('menuitemcheckbox').filter({ hasText: name }).click();
  await inbox.page.keyboard.press('Escape');
}

function assignees(inbox: Inbox): Locator {
  return inbox.page.locator('conv-thread').getByRole('img', { name: /^Assigned to/ });
}

/** Failure: of two agents who act at once one loses what they did, or sees what is not so. */
test('S3.35 two agents act at once: both screens agree, and what is refused is undone', async ({
  server,
  visitor,
  inbox,
  watched,
}) => {
  test.slow();
  const question = 'Who of you two answers?';
  await invite(server, 'Cleo Berg');
  const link = await invite(server, 'Bo Dahl');
  const page = await (await watched()).newPage();
  const line = await holdable(page);
  const bo = new Inbox(page, server.origin);
  await page.goto(link);
  await visitor.visit();
  await visitor.openChat();
  await visitor.write(question);
  await inbox.visit();
  for (const desk of [inbox, bo]) {
    await desk.view('All messages').click();
    await desk.open(question);
  }
  const both = [inbox, bo];
  const closed = (desk: Inbox): Locator =>
    desk.page.locator('conv-thread').getByRole('button', { name: 'Reopen conversation' });

  await test.step('assign, close, edit, comment and reply from both sides', async () => {
    await Promise.all([
      (async () => {
        await edit(inbox, 'Name', 'Vera Lind');
        await inbox.comment('She asked before.');
        await assign(inbox, 'Cleo Berg');
        await inbox.reply('One of us does.');
      })(),
      (async () => {
        await edit(bo, 'Email', 'vera@example.com');
        await bo.reply('I do.');
        await bo.comment('I take it.');
      })(),
    ]);
    const close = (desk: Inbox): Promise<void> =>
      desk.page.locator('conv-thread').getByRole('button', { name: 'Close conversation' }).click();
    await Promise.all([close(inbox), edit(bo, 'Phone', '+46 70 123 45 67')]);
    for (const desk of both) {
      await expect(closed(desk)).toBeVisible();
      const contact = desk.page.locator('conv-contact');
      for (const shown of ['Name: Vera Lind', 'Email: vera@example.com', 'Phone: +46 70 123 45 67'])
        await expect(contact.getByRole('button', { name: `Edit ${shown}` })).toBeVisible();
      for (const text of ['She asked before.', 'One of us does.', 'I do.', 'I take it.'])
        await expect(desk.log.locator('conv-message', { hasText: text })).toHaveCount(1);
      await expect(assignees(desk)).toHaveAccessibleName(/Cleo Berg/);
    }
    const names = await Promise.all(both.map((desk) => assignees(desk).getAttribute('aria-label')));
    expect(names[0]).toBe(names[1]);
    const rows = (desk: Inbox): Promise<string[]> =>
      desk.log.locator('conv-message').allInnerTexts();
    await expect.poll(async () => (await rows(bo)).length).toBe((await rows(inbox)).length);
    for (const text of ['One of us does.', 'I do.']) await expect(visitor.log).toContainText(text);
  });

  await test.step('who is no agent any more is not assigned, and the screen says why', async () => {
    const before = await assignees(bo).getAttribute('aria-label');
    line.hold();
    await server.command('remove-agent', 'cleo.berg@fjordcykel.example');
    line.release();
    // The last one who goes leaves nobody to show.
    for (const desk of [bo, inbox])
      await expect(assignees(desk).and(desk.page.locator('[aria-label*="Cleo"]'))).toHaveCount(0);
    expect(before).toMatch(/Cleo/);
  });

  await test.step('an act on what a colleague has deleted is undone, with the reason', async () => {
    line.hold();
    await inbox.page
      .locator('conv-thread')
      .getByRole('button', { name: 'Delete conversation' })
      .click();
    await inbox.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect(inbox.card('Vera Lind')).toBeHidden();

    await assign(bo, agent.name);
    await expect(assignees(bo)).toHaveAccessibleName(new RegExp(agent.name));
    await closed(bo).click();
    await expect(closed(bo)).toBeHidden();
    line.release();
    await expect(page.locator('conv-thread strong')).toHaveText('This conversation was deleted.');
    await expect(assignees(bo)).toBeHidden();
    await expect(bo.card('Vera Lind')).toBeHidden();
  });
});
