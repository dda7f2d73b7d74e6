import { expect, test } from './fixtures.js';
import { Proxy } from './proxy.js';
import { Shop } from './shop.js';
import { watch } from './watch.js';

test('chat works where something on the way refuses WebSockets', async ({
  server,
  context,
  inbox,
}) => {
  test.slow();
  const question = 'Does this get through our proxy?';
  const proxy = await Proxy.start(server.origin);
  proxy.refusesUpgrades = true;
  const incidents = await watch(context, proxy.origin);
  const shop = new Shop(await context.newPage(), proxy.origin);
  await shop.visit();
  await shop.openChat();
  await shop.write(question);
  await inbox.visit();
  await inbox.view('All messages').click();
  await inbox.open(question);
  await inbox.reply('It does, in small pieces.');
  await expect(shop.log).toContainText('It does, in small pieces.');
  expect(proxy.webSockets).toBe(0);
  const polls = () => proxy.requests.filter((line) => line === 'GET /socket/longpoll').length;
  expect(polls()).toBeGreaterThan(0);

  await test.step('the visit remembers it: the next page tries no WebSocket', async () => {
    let tried = 0;
    shop.page.on('websocket', () => tried++);
    const before = polls();
    // The open panel survives it.
    await shop.page.reload();
    await expect(shop.log).toContainText('It does, in small pieces.');
    expect(polls()).toBeGreaterThan(before);
    expect(tried).toBe(0);
  });

  await test.step('the next visit tries again', async () => {
    proxy.refusesUpgrades = false;
    await shop.page.close();
    const next = new Shop(await context.newPage(), proxy.origin);
    await next.visit();
    await next.openChat();
    await expect(next.log).toContainText('It does, in small pieces.');
    expect(proxy.webSockets).toBe(1);
  });
  expect(incidents.leaks).toEqual([]);
  await context.close();
  await proxy.stop();
});
