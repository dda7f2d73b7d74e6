import type { Locator } from '@playwright/test';
import {
  brevoPage,
  newGroup,
  noted,
  visit,
  visitElsewhere,
  type BrevoCase,
  type Stage,
} from './brevo-site.js';
import { expect, setup, test } from './loader-fixtures.js';

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

/** Where something is once it stands still there. */
async function expectBox(locator: Locator, box: Partial<Box>): Promise<void> {
  await locator.waitFor();
  await expect.poll(() => locator.boundingBox()).toMatchObject(box);
}

const middle = async (locator: Locator): Promise<{ x: number; y: number }> => {
  await locator.waitFor();
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};

const bubble = (widget: Locator, whose: 'own' | 'theirs'): Locator =>
  widget.locator(`.${whose} conv-message [part~="bubble"]`).first();

/** A page for each option that Brevo's script has, and what is seen of it. */
const pagesOf = (stage: Stage, groupId: string) =>
  ({
    buttonStyle: {
      setup: "{ buttonStyle: 'tab' }",
      async sees({ launcher }) {
        await expect(launcher).toHaveText('Open chat', { useInnerText: true });
        await expectBox(launcher, { y: 656, height: 44 });
      },
    },
    buttonPosition: {
      setup: "{ buttonPosition: 'lm' }",
      async sees({ launcher }) {
        const { x, y } = await middle(launcher);
        expect([x < 100, Math.round(y)]).toEqual([true, 350]);
      },
    },
    buttonSize: {
      setup: '{ buttonSize: 75 }',
      sees: ({ launcher }) => expectBox(launcher, { width: 75, height: 75 }),
    },
    customWidgetButton: {
      setup: "{ customWidgetButton: '.my-chat' }",
      body: '<button class="my-chat"><b>Chat with us</b></button>',
      async sees({ page, launcher, panel }) {
        await page.getByText('Chat with us').click();
        await expect(panel).toBeVisible();
        await expect(launcher).toBeHidden();
        await page.keyboard.press('Escape');
        await expect(panel).toBeHidden();
        await expect(page.getByRole('button', { name: 'Chat with us' })).toBeFocused();
      },
    },
    chatWidth: {
      setup: '{ chatWidth: 410 }',
      async sees(chat) {
        await chat.open();
        await expectBox(chat.panel, { width: 410 });
      },
    },
    chatHeight: {
      setup: '{ chatHeight: 510 }',
      async sees(chat) {
        await chat.open();
        await expectBox(chat.panel, { height: 510 });
      },
    },
    zIndex: {
      setup: '{ zIndex: 10 }',
      async sees({ page, launcher, host }) {
        const { x, y } = await middle(launcher);
        const cover = (zIndex: string) =>
          page.evaluate(
            ([left, top, level]) => {
              const banner = document.querySelector('h1')!;
              const style = { position: 'fixed', inset: '0', zIndex: level };
              Object.assign(banner.style, style);
              return document.elementFromPoint(left, top)?.localName;
            },
            [x, y, zIndex] as const,
          );
        await expect(host).toHaveCSS('z-index', '10');
        expect([await cover('9'), await cover('11')]).toEqual(['convkit-chat', 'h1']);
      },
    },
    colors: {
      setup: `{ colors: { buttonText: '#ffff00', buttonBg: '#102030', chatBg: '#fdf6e3',
        clientBubbleBg: '#204060', agentBubbleBg: '#e0f0d0' } }`,
      calls: "BrevoConversations('sendAutoMessage', 'Any questions?')",
      async sees(chat) {
        await expect(chat.launcher).toHaveCSS('background-color', 'rgb(16, 32, 48)');
        await expect(chat.launcher).toHaveCSS('color', 'rgb(255, 255, 0)');
        await chat.open();
        await chat.write('In colour, please');
        await expect(chat.panel).toHaveCSS('background-color', 'rgb(253, 246, 227)');
        const { widget } = chat;
        await expect(bubble(widget, 'own')).toHaveCSS('background-color', 'rgb(32, 64, 96)');
        await expect(bubble(widget, 'theirs')).toHaveCSS('background-color', 'rgb(224, 240, 208)');
      },
    },
    startHidden: {
      setup: '{ startHidden: true, onRendered: () => (window.rendered = [1]) }',
      async sees(chat) {
        await expect.poll(() => noted(chat, 'rendered')).toEqual([1]);
        await expect(chat.launcher).toBeHidden();
        await chat.call('show');
        await expect(chat.launcher).toBeVisible();
      },
    },
    mobileOnly: {
      setup: '{ mobileOnly: true }',
      async sees({ host }) {
        await expect(host).toHaveCount(0);
        const page = brevoPage(stage.site, { setup: '{ mobileOnly: true }' });
        await visitElsewhere(stage, page, onPhone, phone);
      },
    },
    disabledOnMobile: {
      setup: '{ disabledOnMobile: true }',
      async sees({ launcher }) {
        await expect(launcher).toBeVisible();
        const page = brevoPage(stage.site, { setup: '{ disabledOnMobile: true }' });
        await visitElsewhere(stage, page, ({ host }) => expect(host).toHaveCount(0), phone);
      },
    },
    language: {
      setup: "{ language: 'de' }",
      async sees({ page, launcher }) {
        await expect(launcher).toHaveAccessibleName('Chat öffnen');
        await launcher.click();
        await expect(page.getByRole('textbox', { name: 'Nachricht' })).toBeVisible();
      },
    },
    locale: {
      setup: "{ locale: { greeting: 'Benvenuti!', chat: { input: { placeholder: 'Scrivi' } } } }",
      async sees(chat) {
        await chat.open();
        await expect(chat.panel.getByRole('heading')).toHaveText('Benvenuti!');
        await expect(chat.field).toHaveAttribute('placeholder', 'Scrivi');
      },
    },
    mode: {
      setup: "{ mode: 'frame', injectTo: 'place' }",
      body: '<div id="place"></div>',
      async sees({ page, launcher, field }) {
        await expect(field).toBeVisible();
        await expect(page.locator('#place').getByRole('textbox')).toHaveCount(1);
        await expect(launcher).toBeHidden();
      },
    },
    injectTo: {
      setup: "{ mode: 'frame', injectTo: ['missing', 'second', 'third'] }",
      body: '<div id="second"></div><div id="third"></div>',
      async sees({ page, field }) {
        await expect(field).toBeVisible();
        await expect(page.locator('#second').getByRole('textbox')).toHaveCount(1);
      },
    },
    visitorId: {
      setup: "{ visitorId: 'a1b2c3d4e5f6a7b8c9d0e1f2' }",
      async sees(chat) {
        await chat.open();
        await chat.write('Where is my parcel?');
        const page = brevoPage(stage.site, {
          setup: "{ visitorId: 'a1b2c3d4e5f6a7b8c9d0e1f2' }",
        });
        await visitElsewhere(stage, page, async (elsewhere) => {
          await elsewhere.open();
          // Nobody is asked for before a visitor acts (S5.11).
          await elsewhere.write('It is me again');
          await expect(elsewhere.panel.getByText('Where is my parcel?')).toBeVisible();
        });
      },
    },
    groupId: {
      setup: `{ groupId: '${groupId}' }`,
      async sees(chat) {
        await chat.open();
        await chat.write('I want to send it back');
        const { inbox } = stage;
        await inbox.open('I want to send it back');
        await expect(inbox.page.locator('conv-thread')).toContainText('Group Returns');
      },
    },
    gaTrackingId: {
      before: 'window.sent = []; window.gtag = (...event) => sent.push(event);',
      setup: "{ gaTrackingId: 'G-1', onAnalyticEvent() {} }",
      async sees(chat) {
        await chat.open();
        await expect
          .poll(() => noted(chat, 'sent'))
          .toContainEqual(['event', 'chat_opened', { event_category: 'ConvKit', send_to: 'G-1' }]);
      },
    },
    gaTrackerName: {
      before: 'window.sent = []; window.ga = (...event) => sent.push(event);',
      setup: "{ gaTrackerName: 'shop' }",
      async sees(chat) {
        await chat.open();
        await expect
          .poll(() => noted(chat, 'sent'))
          .toContainEqual(['shop.send', 'event', 'ConvKit', 'chat_opened']);
      },
    },
    disableGaTracking: {
      before: `window.sent = []; window.told = []; window.dataLayer = [];
        window.ga = window.gtag = (...event) => sent.push(event);`,
      setup: '{ disableGaTracking: true, onAnalyticEvent: (name) => told.push(name) }',
      async sees(chat) {
        await chat.open();
        await expect.poll(() => noted(chat, 'told')).toEqual(['chat_opened']);
        expect([await noted(chat, 'sent'), await noted(chat, 'dataLayer')]).toEqual([[], []]);
      },
    },
    onNewMessage: {
      before: 'window.told = [];',
      setup: `{ onNewMessage: ({ type, text, agentName }) =>
        told.push([type, text, agentName].join(' ')) }`,
      async sees(chat) {
        const { inbox } = stage;
        await chat.open();
        await chat.write('Is anybody there?');
        await inbox.open('Is anybody there?');
        await inbox.reply('I am');
        await expect
          .poll(() => noted(chat, 'told'))
          .toEqual(['visitor Is anybody there? ', 'agent I am Giulia Rossi']);
      },
    },
    onAnalyticEvent: {
      before: 'window.told = [];',
      setup: '{ onAnalyticEvent: (name) => told.push(name) }',
      async sees(chat) {
        await chat.open();
        await chat.write('How are you?');
        await chat.page.keyboard.press('Escape');
        await expect
          .poll(() => noted(chat, 'told'))
          .toEqual(['chat_opened', 'conversation_started', 'message_sent', 'chat_closed']);
      },
    },
    onRendered: {
      before: 'window.told = [];',
      setup: `{ onRendered: () => told.push(document.querySelector('convkit-chat')
        .shadowRoot.querySelector('button').checkVisibility()) }`,
      sees: (chat) => expect.poll(() => noted(chat, 'told')).toEqual([true]),
    },
    deferredLoading: {
      before: `window.atLoad = []; addEventListener('load', () => atLoad.push(
        ...performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)));`,
      setup: '{ deferredLoading: true }',
      async sees(chat) {
        await chat.launcher.waitFor();
        expect(await noted(chat, 'atLoad')).toEqual(['/v1/loader.js']);
        await expect(chat.widget).toHaveCount(0);
      },
    },
    disableChatOpenHash: {
      setup: '{ disableChatOpenHash: true }',
      body: '<a href="#brevoConversationsExpanded">Chat</a>',
      async sees({ page, launcher, widget }) {
        await launcher.waitFor();
        await page.getByRole('link', { name: 'Chat' }).click();
        await expect(page).toHaveURL(/#brevoConversationsExpanded$/);
        await expect(launcher).toHaveAttribute('aria-expanded', 'false');
        await expect(widget).toHaveCount(0);
      },
    },
  }) satisfies Record<string, BrevoCase>;

const phone = { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile' };

const onPhone: BrevoCase['sees'] = ({ launcher }) => expect(launcher).toBeVisible();

test.afterAll(async ({ server }) => {
  await server.command('settings', 'set', 'acceptBrevoVisitorIds=false');
});

test('S5.15 a page for each option of Brevo’s script, with its address and id changed', async ({
  browser,
  inbox,
  page,
  server,
  session,
  site,
}) => {
  test.setTimeout(300_000);
  await server.command('settings', 'set', 'acceptBrevoVisitorIds=true');
  await inbox.visit();
  await inbox.view('All messages').click();
  const stage = { browser, inbox, page, site };
  const pages: Record<string, BrevoCase> = pagesOf(
    stage,
    await newGroup(session, server.origin, 'Returns'),
  );
  for (const [name, { sees, ...page }] of Object.entries(pages)) {
    await test.step(name, () => visit(stage, brevoPage(site, page), sees));
  }

  await test.step('under the names of this script, calls before it comes among it', async () => {
    const before = `${setup({ buttonPosition: 'bl' })}
      window.ConvKit = function () { (ConvKit.q = ConvKit.q || []).push(arguments); };
      ConvKit('setButtonSize', 70);
      ConvKit('openChat');`;
    const sees: BrevoCase['sees'] = async ({ launcher, panel }) => {
      await expect(panel).toBeVisible();
      await expectBox(launcher, { x: 24, width: 70 });
    };
    await visit(stage, { before }, sees, 'ConvKit');
  });

  await test.step('under a name of the page’s', async () => {
    const script = site.tag.replace(' src', ' data-global="BrevoConversations" src');
    await visit(stage, { script }, async (chat) => {
      await chat.launcher.waitFor();
      await chat.call('openChat');
      await expect(chat.panel).toBeVisible();
      expect(await chat.page.evaluate(() => 'ConvKit' in window)).toBe(false);
    });
  });
});
