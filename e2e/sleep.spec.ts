import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { Inbox } from './inbox.js';
import { Proxy } from './proxy.js';
import { Shop } from './shop.js';

type Frame = [string | null, string | null, string, string, unknown];

/** What the page's sockets send, as `event topic` and the view of a list, without heartbeats. */
function recordSent(page: Page): string[] {
  const sent: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const [, , topic, event, said] = JSON.parse(String(payload)) as Frame;
      const { view } = said as { view?: { name: string } };
      const words = [event, topic.split(':')[0], ...(view ? [view.name] : [])];
      if (topic !== 'phoenix') sent.push(words.join(' '));
    });
  });
  return sent;
}

/** The machine sleeps for an hour: its connections die without a word, and its clock jumps. */
async function sleepAnHour(
  page: Page,
  proxy: Proxy,
  meanwhile: () => Promise<void>,
): Promise<void> {
  proxy.goDeaf();
  await meanwhile();
  await page.clock.fastForward('01:00:00');
  await page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('online'));
  });
}

test('an inbox that slept for an hour shows what is, without a reload, from one round', async ({
  server,
  browser,
  session,
  visitor,
}) => {
  test.slow();
  const proxy = await Proxy.start(server.origin);
  const context = await browser.newContext({ storageState: session });
  const page = await context.newPage();
  await page.clock.install();
  const sent = recordSent(page);
  const inbox = new Inbox(page, proxy.origin);
  const question = 'Will you be there in an hour?';
  await visitor.visit();
  await visitor.openChat();
  await visitor.write(question);
  await inbox.visit();
  await inbox.view('All messages').click();
  await inbox.open(question);
  await expect(inbox.log).toContainText(question);
  const other = new Shop(await context.newPage(), server.origin);
  const waitingBefore = await inbox.waiting();
  const before = proxy.requests.length;
  const openedBefore = proxy.opened;

  await sleepAnHour(page, proxy, async () => {
    await visitor.write('It has been a while.');
    await visitor.write('Hello?');
    await expect(visitor.log).toContainText('Hello?');
    await other.visit();
    await other.openChat();
    await other.write('I am somebody else');
    await expect(other.log).toContainText('I am somebody else');
    sent.length = 0;
  });

  await expect(inbox.log).toContainText(/It has been a while\..*Hello\?/s);
  await expect(inbox.card('I am somebody else')).toBeVisible();
  await expect(inbox.cards.first()).toContainText('I am somebody else');
  await expect(
    inbox.dot(inbox.card('I am somebody else')).getByRole('img', { name: 'New' }),
  ).toBeVisible();
  await expect.poll(() => inbox.waiting()).toBeGreaterThan(waitingBefore);
  expect(proxy.requests.slice(before)).toEqual(['POST /v1/agent/token']);
  expect(proxy.opened - openedBefore).toBe(1);
  const asked = sent.filter((line) => !/^(?:mark|typing) /.test(line));
  // What is on screen comes with the join; the number in the title counts two lists that are not.
  expect(asked.sort()).toEqual([
    'conversations:list inbox mine',
    'conversations:list inbox unassigned',
    'phx_join conversation',
    'phx_join inbox all',
  ]);
  await context.close();
  await proxy.stop();
});

test('a widget that slept for an hour shows what is, without a reload, from one join', async ({
  server,
  context,
  inbox,
}) => {
  test.slow();
  const proxy = await Proxy.start(server.origin);
  const page = await context.newPage();
  await page.clock.install();
  const sent = recordSent(page);
  const shop = new Shop(page, proxy.origin);
  const question = 'May I think about it for an hour?';
  await shop.visit();
  await shop.openChat();
  await shop.write(question);
  await inbox.visit();
  await inbox.view('All messages').click();
  await inbox.open(question);
  await inbox.reply('Of course.');
  await expect(shop.log).toContainText('Of course.');
  const before = proxy.requests.length;
  const openedBefore = proxy.opened;

  await sleepAnHour(page, proxy, async () => {
    await inbox.reply('Are you still there?');
    await inbox.comment('They sleep.');
    await inbox.reply('It stays reserved.');
    sent.length = 0;
  });

  await expect(shop.log).toContainText(/Are you still there\?.*It stays reserved\./s);
  await expect(shop.log).not.toContainText('They sleep.');
  await shop.write('I am back.');
  await expect(inbox.log).toContainText('I am back.');
  expect(proxy.requests.slice(before)).toEqual(['POST /v1/visitor/token']);
  expect(proxy.opened - openedBefore).toBe(1);
  const asked = sent.filter((line) => !/^(?:mark|typing|message:send|page:view) /.test(line));
  expect(asked).toEqual(['phx_join visitor']);
  await proxy.stop();
});
