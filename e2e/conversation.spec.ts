import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { agent, expect, test } from './fixtures.js';

/** Every frame that the page's sockets were sent, from now on. */
function recordFrames(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
  });
  return frames;
}

/** The numbers of all message changes in the frames, sorted, each once. */
function publicNumbers(frames: readonly string[]): number[] {
  const numbers = new Set<number>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const { position, seq } = value as { position?: unknown; seq?: unknown };
      if (typeof position === 'number' && typeof seq === 'number') numbers.add(seq);
      Object.values(value).forEach(visit);
    }
  };
  for (const frame of frames) visit(JSON.parse(frame));
  return [...numbers].sort((a, b) => a - b);
}

test('one conversation, end to end: live, private, stored, surviving a crash', async ({
  server,
  visitor,
  inbox,
}) => {
  test.slow();
  const question = 'Does the blue roadster ship to Malmö?';
  const secret = 'Stock of the fork is low, do not promise a date';
  const frames = recordFrames(visitor.page);
  await inbox.visit();
  await inbox.view('Unassigned').click();
  await visitor.visit();
  await expectAccessible(visitor.page);

  await test.step('a visitor opens the bubble and writes', async () => {
    await visitor.openChat();
    await expectAccessible(visitor.page);
    await visitor.write(question);
    await expect(visitor.log).toContainText(question);
  });

  const card = inbox.card(question);
  await test.step('the agent sees the card on top of Unassigned with a violet dot', async () => {
    await expect(inbox.cards.first()).toContainText(question);
    await expect(inbox.dot(card).getByRole('img', { name: 'New' })).toBeVisible();
    await expectAccessible(inbox.page);
    await inbox.open(question);
    await expect(inbox.log).toContainText(question);
    await expect(inbox.dot(card).getByRole('img')).toBeHidden();
    await expectAccessible(inbox.page);
  });

  await test.step('a comment reaches no socket of the visitor', async () => {
    await inbox.comment(secret);
    await expect(inbox.log).toContainText(secret);
    await expectAccessible(inbox.page);
  });

  await test.step('the reply arrives formatted, under the name of the agent', async () => {
    await inbox.reply(
      'It does, in **two working days**: [delivery](https://example.com/delivery).',
    );
    await expect(visitor.log.locator('strong')).toHaveText('two working days');
    await expect(visitor.log.getByRole('link', { name: 'delivery' })).toHaveAttribute(
      'href',
      'https://example.com/delivery',
    );
    await expect(visitor.log).toContainText(agent.name.split(' ')[0] ?? '');
    await expectAccessible(visitor.page);
    await expectAccessible(inbox.page);
  });

  await test.step('both reload and see the same thread', async () => {
    await Promise.all([visitor.page.reload(), inbox.page.reload()]);
    // The open chat and the open conversation stay open over a reload in the same tab.
    for (const log of [visitor.log, inbox.log]) {
      await expect(log).toContainText(question);
      await expect(log.locator('strong')).toHaveText('two working days');
    }
    await expect(inbox.log).toContainText(secret);
    await expect(visitor.log).not.toContainText(secret);
  });

  await test.step('the server is killed and started again; both go on without reloading', async () => {
    await server.kill();
    await visitor.write('Are you still there?');
    await server.restart();
    await expect(inbox.log).toContainText('Are you still there?', { timeout: 30_000 });
    await inbox.reply('Yes, and so is all of this.');
    await expect(visitor.log).toContainText('Yes, and so is all of this.', { timeout: 30_000 });
    for (const log of [visitor.log, inbox.log]) {
      await expect(log).toContainText(question);
      await expect(log.locator('strong')).toHaveText('two working days');
    }
    await expect(inbox.log).toContainText(secret);
  });

  await test.step('what the sockets of the visitor were sent', () => {
    expect(frames.some((frame) => frame.includes('two working days'))).toBe(true);
    expect(frames.filter((frame) => frame.includes(secret))).toEqual([]);
    expect(frames.filter((frame) => frame.includes('comment'))).toEqual([]);
    const numbers = publicNumbers(frames);
    expect(numbers.length).toBeGreaterThanOrEqual(4);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});
