import { brevoPage, newGroup, visit, type BrevoCase, type Stage } from './brevo-site.js';
import { expect, test } from './loader-fixtures.js';
import type { HostedChat } from './loader-site.js';

const opened: Pick<BrevoCase, 'calls'> = { calls: "BrevoConversations('openChat', true);" };
const linkTo = (hash: string): string => `<a href="${hash}">Chat</a>`;
const size = async (chat: HostedChat): Promise<unknown> => chat.panel.boundingBox();

/** Each link opens it each time. */
async function followed({ page, panel, launcher }: HostedChat): Promise<void> {
  await launcher.waitFor();
  for (let round = 0; round < 2; round++) {
    await page.getByRole('link', { name: 'Chat' }).click();
    await expect(panel).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }
}

/** A page for each method that Brevo's script has, and what is seen of it. */
const pagesOf = ({ inbox, site }: Stage, groupId: string) =>
  ({
    sendAutoMessage: {
      calls: "BrevoConversations('sendAutoMessage', 'Any questions?')",
      async sees(chat) {
        await chat.widget.getByRole('button', { name: 'Any questions?' }).click();
        await expect(chat.panel.getByText('Any questions?')).toBeVisible();
        await chat.write('Yes, about the bell');
        await inbox.open('Yes, about the bell');
        await expect(inbox.log).toContainText('Any questions?');
      },
    },
    setButtonPosition: {
      async sees(chat) {
        await chat.launcher.waitFor();
        await chat.call('setButtonPosition', 'bl');
        await expect.poll(async () => (await chat.launcher.boundingBox())?.x).toBe(24);
      },
    },
    resetButtonPosition: {
      setup: "{ buttonPosition: 'bl' }",
      async sees(chat) {
        await chat.launcher.waitFor();
        await chat.call('resetButtonPosition');
        await expect.poll(async () => (await chat.launcher.boundingBox())?.x).toBe(920);
      },
    },
    setButtonSize: {
      async sees(chat) {
        await chat.launcher.waitFor();
        await chat.call('setButtonSize', 80);
        await expect
          .poll(() => chat.launcher.boundingBox())
          .toMatchObject({ width: 80, height: 80 });
      },
    },
    setChatWidth: {
      ...opened,
      async sees(chat) {
        await chat.panel.waitFor();
        await chat.call('setChatWidth', 410);
        await expect.poll(() => size(chat)).toMatchObject({ width: 410 });
      },
    },
    setChatHeight: {
      ...opened,
      async sees(chat) {
        await chat.panel.waitFor();
        await chat.call('setChatHeight', 510);
        await expect.poll(() => size(chat)).toMatchObject({ height: 510 });
      },
    },
    setZIndex: {
      async sees(chat) {
        await chat.call('setZIndex', 77);
        await expect(chat.host).toHaveCSS('z-index', '77');
      },
    },
    setColors: {
      ...opened,
      async sees(chat) {
        await chat.panel.waitFor();
        await chat.call('setColors', { buttonBg: '#102030', chatBg: '#fdf6e3' });
        await expect(chat.launcher).toHaveCSS('background-color', 'rgb(16, 32, 48)');
        await expect(chat.panel).toHaveCSS('background-color', 'rgb(253, 246, 227)');
      },
    },
    resetColors: {
      ...opened,
      setup: "{ colors: { buttonBg: '#102030', chatBg: '#fdf6e3' } }",
      async sees(chat) {
        await expect(chat.panel).toHaveCSS('background-color', 'rgb(253, 246, 227)');
        await chat.call('resetColors');
        await expect(chat.launcher).toHaveCSS('background-color', 'rgb(11, 102, 112)');
        await expect(chat.panel).not.toHaveCSS('background-color', 'rgb(253, 246, 227)');
      },
    },
    openChat: {
      ...opened,
      sees: ({ field }) => expect(field).toBeFocused(),
    },
    expandWidget: {
      async sees(chat) {
        await chat.launcher.waitFor();
        await chat.call('expandWidget');
        await expect(chat.panel).toBeVisible();
      },
    },
    minimizeWidget: {
      ...opened,
      async sees(chat) {
        await chat.panel.waitFor();
        await chat.call('minimizeWidget');
        await expect(chat.panel).toBeHidden();
        await expect(chat.launcher).toHaveAccessibleName('Open chat');
      },
    },
    hide: {
      ...opened,
      async sees(chat) {
        await chat.panel.waitFor();
        await chat.call('hide');
        await expect(chat.panel).toBeHidden();
        await expect(chat.launcher).toBeHidden();
      },
    },
    show: {
      calls: "BrevoConversations('hide')",
      async sees(chat) {
        await chat.page.waitForResponse(/\/v1\/config/);
        await expect(chat.launcher).toBeHidden();
        await chat.call('show');
        await expect(chat.launcher).toBeVisible();
      },
    },
    pageView: {
      ...opened,
      async sees(chat) {
        await chat.write('Which page is this?');
        await inbox.open('Which page is this?');
        await chat.call('pageView', { url: `${site.origin}/thanks`, title: 'Thank you' });
        const contact = inbox.page.locator('conv-contact');
        await expect(contact).toContainText('Thank you');
        await chat.call('pageView', '/receipt');
        await expect(contact.locator('a[href$="/receipt"]')).toHaveCount(1);
      },
    },
    setIntegrationData: {
      calls: `BrevoConversations('setIntegrationData', { plan: 'Gold' });
        BrevoConversations('openChat');`,
      async sees(chat) {
        await chat.write('What is my plan?');
        await inbox.open('What is my plan?');
        await expect(inbox.page.locator('conv-contact')).toContainText('Gold');
      },
    },
    updateIntegrationData: {
      calls: `BrevoConversations('setIntegrationData', { plan: 'Gold', trial: 'until May' });
        BrevoConversations('openChat');`,
      async sees(chat) {
        const contact = inbox.page.locator('conv-contact');
        await chat.write('What is in my basket?');
        await inbox.open('What is in my basket?');
        await expect(contact).toContainText('until May');
        await chat.call('updateIntegrationData', { basket: '3 bells', trial: null });
        await expect(contact).toContainText('3 bells');
        await expect(contact).toContainText('Gold');
        await expect(contact).not.toContainText('until May');
      },
    },
    setLocale: {
      ...opened,
      async sees(chat) {
        await chat.panel.waitFor();
        await chat.call('setLocale', {
          greeting: 'Ahoy!',
          chat: { input: { placeholder: 'Say' } },
        });
        await expect(chat.panel.getByRole('heading')).toHaveText('Ahoy!');
        await expect(chat.field).toHaveAttribute('placeholder', 'Say');
        await chat.call('setLocale', 'de');
        await expect(chat.page.getByRole('textbox', { name: 'Nachricht' })).toBeVisible();
        await expect(chat.launcher).toHaveAccessibleName('Chat schließen');
      },
    },
    setGroupId: {
      ...opened,
      async sees(chat) {
        await chat.write('Who does repairs?');
        await inbox.open('Who does repairs?');
        await chat.call('setGroupId', groupId);
        await expect(inbox.page.locator('conv-thread')).toContainText('Group Repairs');
      },
    },
    restart: {
      ...opened,
      async sees(chat) {
        await chat.write('This goes on');
        await chat.page.evaluate(() => {
          Object.assign(window, { BrevoConversationsSetup: { buttonPosition: 'bl' } });
        });
        await chat.call('restart');
        await expect.poll(async () => (await chat.launcher.boundingBox())?.x).toBe(24);
        await chat.call('openChat');
        await expect(chat.panel.getByText('This goes on')).toBeVisible();
        await expect(chat.host).toHaveCount(1);
      },
    },
    kill: {
      ...opened,
      async sees(chat) {
        await chat.panel.waitFor();
        await chat.call('kill');
        await expect(chat.host).toHaveCount(0);
        await expect(chat.panel).toHaveCount(0);
        expect(await chat.page.evaluate(() => 'BrevoConversations' in window)).toBe(false);
        await chat.page.addScriptTag({ url: `${site.chat}/v1/loader.js` });
        await expect(chat.launcher).toBeVisible();
      },
    },
    '#brevoConversationsExpanded': {
      body: linkTo('#brevoConversationsExpanded'),
      sees: followed,
    },
    '#convkit-open': { body: linkTo('#convkit-open'), sees: followed },
  }) satisfies Record<string, BrevoCase>;

test('S5.16 a page for each method of Brevo’s script, with its address and id changed', async ({
  browser,
  inbox,
  page,
  server,
  session,
  site,
}) => {
  test.setTimeout(300_000);
  await inbox.visit();
  await inbox.view('All messages').click();
  const stage = { browser, inbox, page, site };
  const pages: Record<string, BrevoCase> = pagesOf(
    stage,
    await newGroup(session, server.origin, 'Repairs'),
  );
  for (const [name, { sees, ...page }] of Object.entries(pages)) {
    await test.step(name, () => visit(stage, brevoPage(site, page), sees));
  }
});
