import { noted } from './brevo-site.js';
import { expect, setup, test } from './loader-fixtures.js';

test('nine positions, round and as a tab', async ({ site, page, chat }) => {
  await site.visit(page);
  await chat.launcher.waitFor();
  for (const style of ['round', 'tab']) {
    await chat.call('setButtonStyle', style);
    for (const position of ['bl', 'bc', 'br', 'lt', 'lm', 'lb', 'rt', 'rm', 'rb']) {
      await chat.call('setButtonPosition', position);
      await expect(chat.launcher).toHaveClass(`${style} e${position[0]} p${position[1]}`);
      const { x, y, width, height } = (await chat.launcher.boundingBox())!;
      const edge = position.startsWith('b') ? 'b' : x < 100 ? 'l' : 'r';
      const across = x < 100 ? 'l' : x + width > 900 ? 'r' : 'c';
      const along = y < 100 ? 't' : y + height > 600 ? 'b' : 'm';
      expect(edge + (edge === 'b' ? across : along)).toBe(position);
      if (edge === 'b') expect(y + height).toBeGreaterThan(670);
      // The shape is the same on each edge.
      if (style === 'tab') expect(edge === 'b' ? height : width).toBe(44);
    }
  }
});

test('methods and options that are not of Brevo’s: closeChat, restartConversation, storage', async ({
  site,
  page,
  chat,
}) => {
  await site.visit(page, { before: setup({ storage: 'session' }) });
  await chat.open();
  await chat.write('This ends here');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await chat.call('closeChat');
  await expect(chat.panel).toBeHidden();
  await chat.open();
  await chat.call('restartConversation');
  await expect(chat.panel.getByText('This ends here')).toHaveCount(0);
  await chat.write('And this begins');
  await expect(chat.panel.getByText('And this begins')).toBeVisible();
});

test('a page with a data layer is told what happens, without its words', async ({
  site,
  page,
  chat,
}) => {
  await site.visit(page, { before: 'window.dataLayer = [];' });
  await chat.open();
  await chat.write('Not for trackers');
  await expect
    .poll(() => noted(chat, 'dataLayer'))
    .toEqual([
      { event: 'convkit_chat_opened' },
      { event: 'convkit_conversation_started' },
      { event: 'convkit_message_sent' },
    ]);
});

test('a targeted message brings the widget when it is due, and not before', async ({
  server,
  site,
  page,
  chat,
}) => {
  const target = {
    id: 'sale',
    active: true,
    when: 'either',
    match: 'all',
    conditions: [{ type: 'url', test: 'contains', value: '#sale' }],
    action: { type: 'message', texts: { en: 'Ten percent off today' } },
    repeat: 'once',
  };
  await server.command('settings', 'set', `targeted=${JSON.stringify([target])}`);
  const commands = page.waitForResponse(/\/v1\/commands\.js/);
  await site.visit(page);
  await commands;
  await expect(chat.widget).toHaveCount(0);
  await page.evaluate(() => void (location.hash = 'sale'));
  await chat.widget.getByRole('button', { name: 'Ten percent off today' }).click();
  await expect(chat.panel.getByText('Ten percent off today')).toBeVisible();
  await server.command('settings', 'set', 'targeted=[]');
});

test('a server that cannot be reached: no button and no harm, then the button by itself', async ({
  site,
  page,
  chat,
}) => {
  let away = true;
  const tried: string[] = [];
  const answer = (url: string | RegExp): Promise<unknown> =>
    page.route(url, (route) => {
      tried.push(new URL(route.request().url()).pathname);
      return away ? route.abort() : route.continue();
    });
  await answer(/\/v1\/config/);
  await answer(/\/v1\/widget\.js/);
  await site.visit(page, { body: '<button>Of the page</button>' });
  await expect.poll(() => tried).toContain('/v1/config');
  await expect(chat.launcher).toBeHidden();
  await page.getByRole('button', { name: 'Of the page' }).click();
  await chat.call('openChat');
  await expect.poll(() => tried).toContain('/v1/widget.js');
  await expect(chat.panel).toHaveCount(0);
  away = false;
  await chat.open();
  await expect(chat.field).toBeVisible();
});

test('a panel that is opened long after the page says who is there now', async ({
  site,
  page,
  chat,
  inbox,
}) => {
  await inbox.visit();
  await inbox.setStatus('Online');
  await page.clock.install();
  await site.visit(page);
  await chat.open();
  await expect(chat.panel).toContainText('Usually');
  await page.keyboard.press('Escape');
  await inbox.setStatus('Offline');
  await page.clock.fastForward('00:31');
  await chat.open();
  await expect(chat.panel).toContainText('Nobody is here');
  await inbox.setStatus('Online');
});
