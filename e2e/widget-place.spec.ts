import { agentOf, send } from './cast.js';
import { expect, setup, test } from './loader-fixtures.js';
import { Shop } from './shop.js';
import { conversationOf } from './visitor-conversation.js';

const width = 1_000;
const height = 700;

/** Where a box lies in the window: its edge, then the place along it. */
function placeOf(box: { x: number; y: number; width: number; height: number }): string {
  const third = (at: number, whole: number): number => Math.floor((at / whole) * 3);
  const x = third(box.x + box.width / 2, width);
  const y = third(box.y + box.height / 2, height);
  return `${['l', 'c', 'r'][x] ?? ''}${['t', 'm', 'b'][y] ?? ''}`;
}

/** By name of the position. */
const places = {
  bl: 'lb',
  bc: 'cb',
  br: 'rb',
  lt: 'lt',
  lm: 'lm',
  lb: 'lb',
  rt: 'rt',
  rm: 'rm',
  rb: 'rb',
} as const;

test('S5.1 the bubble: round or tab, nine positions, size, colours, own launcher, unread badge; full screen on phones', async ({
  server,
  session,
  site,
  page,
  chat,
}) => {
  test.slow();
  const visitor = new Shop(page, site.origin);
  const boxOf = async (): Promise<
    NonNullable<Awaited<ReturnType<typeof chat.launcher.boundingBox>>>
  > => (await chat.launcher.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const colors = { buttonBg: '#5b2a86', buttonText: '#fff1d6' };
  await page.setViewportSize({ width, height });
  await site.visit(page, {
    before: setup({ buttonSize: 64, colors }),
    body: '<meta name="viewport" content="width=device-width"><button id="ask" type="button">Ask</button>',
  });
  await chat.launcher.waitFor();

  await test.step('round, of a size and of colours', async () => {
    expect(await boxOf()).toMatchObject({ width: 64, height: 64 });
    await expect(chat.launcher).toHaveCSS('border-radius', '50%');
    await expect(chat.launcher).toHaveCSS('background-color', 'rgb(91, 42, 134)');
    await expect(chat.launcher).toHaveCSS('color', 'rgb(255, 241, 214)');
    await chat.call('setButtonSize', 48);
    await expect.poll(async () => (await boxOf()).width).toBe(48);
  });
  await test.step('nine positions, with the panel beside each', async () => {
    await chat.launcher.click();
    await visitor.field.waitFor();
    for (const [position, place] of Object.entries(places)) {
      await chat.call('setButtonPosition', position);
      await expect.poll(async () => placeOf(await boxOf()), position).toBe(place);
      const panel = await page.locator('chat-widget .panel').boundingBox();
      expect(panel?.x, position).toBeGreaterThanOrEqual(0);
      expect(panel?.y, position).toBeGreaterThanOrEqual(0);
      expect((panel?.x ?? 0) + (panel?.width ?? width), position).toBeLessThanOrEqual(width);
      expect((panel?.y ?? 0) + (panel?.height ?? height), position).toBeLessThanOrEqual(height);
    }
    await chat.call('resetButtonPosition');
    await expect.poll(async () => placeOf(await boxOf())).toBe('rb');
  });
  await test.step('a badge with what is unread', async () => {
    await visitor.write('Is this a bubble?');
    await expect(visitor.log.getByText('Sent')).toBeVisible();
    await page.keyboard.press('Escape');
    const agent = await agentOf(session, server.origin);
    const thread = await agent.peer.join(`conversation:${await conversationOf(page, site)}`);
    for (const text of ['It is.', 'And a round one.']) await send(thread, text, 'reply');
    await expect(chat.launcher).toHaveAttribute('aria-label', 'Open chat, 2 unread');
    await expect(chat.launcher).toContainText('2');
    await page.reload();
    await expect(chat.launcher).toHaveAttribute('aria-label', 'Open chat, 2 unread');
    agent.peer.close();
  });
  await test.step('on a phone the panel fills what the keyboard leaves', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await visitor.openChat();
    const panel = page.locator('chat-widget .panel');
    await expect.poll(() => panel.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
    await page.setViewportSize({ width: 360, height: 330 });
    await expect.poll(() => panel.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 330 });
    await expect(visitor.field).toBeInViewport({ ratio: 1 });
    await expect(visitor.log.getByText('And a round one.')).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Close chat' }).click();
    await page.setViewportSize({ width, height });
  });
  await test.step('a tab, at the edge', async () => {
    await chat.call('setButtonStyle', 'tab');
    await expect.poll(async () => (await boxOf()).width).toBeGreaterThan(100);
    await expect(chat.launcher).toContainText('Open chat');
    const box = await boxOf();
    expect(box.y + box.height).toBeCloseTo(height, 0);
  });
  await test.step('a launcher of the page’s own', async () => {
    await chat.call('setCustomWidgetButton', '#ask');
    await expect(chat.launcher).toBeHidden();
    await page.locator('#ask').click();
    await expect(chat.panel).toBeVisible();
    await page.locator('#ask').click();
    await expect(chat.panel).toBeHidden();
  });
});

test('S5.10 floating, inline in an element, full page; several on one page; as element, script tag or import', async ({
  site,
  page,
  chat,
}) => {
  const { chat: origin, workspace } = site;
  const element = (attributes: string): string =>
    `<chat-widget server="${origin}" workspace="${workspace}" ${attributes}></chat-widget>`;
  const imported = `<script nonce="n" type="module">
    import '${origin}/v1/widget.js';
    const made = document.createElement('chat-widget');
    Object.assign(made, { server: '${origin}', workspace: '${workspace}', layout: 'inline' });
    made.id = 'made';
    document.querySelector('#third').append(made);
  </script>`;
  await page.setViewportSize({ width, height });

  await test.step('four at once, of which each is its own', async () => {
    await site.visit(page, {
      script: imported + site.tag,
      body: `<div id="first">${element('id="floating" storage="memory" position="bl"')}</div>
        <div id="second">${element('id="inline" storage="memory" layout="inline"')}</div>
        <div id="third"></div>`,
    });
    const inline = page.locator('#inline');
    await expect(inline.getByRole('region', { name: 'Chat' })).toBeVisible();
    await expect(page.locator('#made').getByRole('region', { name: 'Chat' })).toBeVisible();
    const [place, panel] = await Promise.all([
      page.locator('#second').boundingBox(),
      inline.getByRole('region', { name: 'Chat' }).boundingBox(),
    ]);
    expect(panel?.x).toBeGreaterThanOrEqual(place?.x ?? NaN);
    expect(panel?.y).toBeGreaterThanOrEqual(place?.y ?? NaN);
    expect((panel?.y ?? NaN) + (panel?.height ?? NaN)).toBeLessThanOrEqual(
      (place?.y ?? NaN) + (place?.height ?? NaN) + 1,
    );
    await page.locator('#floating').getByRole('button', { name: 'Open chat' }).click();
    await expect(page.locator('#floating').getByRole('dialog', { name: 'Chat' })).toBeVisible();
    await chat.launcher.click();
    await expect(chat.host.getByRole('dialog', { name: 'Chat' })).toBeVisible();
    for (const [id, text] of [
      ['#floating', 'From the corner'],
      ['#inline', 'From the page'],
    ] as const) {
      const field = page.locator(id).getByRole('textbox', { name: 'Message' });
      await field.fill(text);
      await field.press('Enter');
      await expect(page.locator(id).getByRole('log').getByText('Sent')).toBeVisible();
    }
    await expect(page.locator('#inline').getByText('From the corner')).toHaveCount(0);
    await expect(page.locator('#floating').getByText('From the page')).toHaveCount(0);
    await expect(chat.host.getByText(/^From the/)).toHaveCount(0);
  });
  await test.step('the whole page', async () => {
    await site.visit(page, {
      script: `<script nonce="n" type="module" src="${origin}/v1/widget.js"></script>`,
      body: element('layout="page" storage="memory"'),
    });
    const region = page.getByRole('region', { name: 'Chat' });
    await expect.poll(() => region.boundingBox()).toEqual({ x: 0, y: 0, width, height });
    await expect(page.getByRole('button', { name: 'Open chat' })).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Message' }).fill('On a page of its own');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('log').getByText('Sent')).toBeVisible();
  });
});
