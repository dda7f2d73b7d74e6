import { expect, setup, test } from './loader-fixtures.js';

test.describe('S5.16 methods', () => {
  test('S5.16 those of the button and the panel', async ({ site, page, chat }) => {
    await site.visit(page);
    await chat.launcher.waitFor();
    await chat.call('setButtonPosition', 'lm');
    await expect(chat.launcher).toHaveClass('round el pm');
    await chat.call('resetButtonPosition');
    await expect(chat.launcher).toHaveClass('round eb pr');
    await chat.call('setButtonSize', 80);
    await expect(chat.launcher).toHaveCSS('width', '80px');
    await chat.call('setColors', { buttonBg: '#000000' });
    await expect(chat.launcher).toHaveCSS('background-color', 'rgb(0, 0, 0)');
    await chat.call('resetColors');
    await expect(chat.launcher).not.toHaveCSS('background-color', 'rgb(0, 0, 0)');
    await chat.call('setZIndex', 77);
    await expect(chat.host).toHaveCSS('z-index', '77');
    await chat.call('hide');
    await expect(chat.launcher).toBeHidden();
    await chat.call('show');
    await expect(chat.launcher).toBeVisible();
    await chat.call('expandWidget');
    await expect(chat.panel).toBeVisible();
    await chat.call('setChatWidth', 410);
    await chat.call('setChatHeight', 510);
    await expect(chat.widget).toHaveAttribute('chat-width', '410');
    await expect(chat.widget).toHaveAttribute('chat-height', '510');
    await chat.call('setLocale', 'de');
    await expect(chat.widget).toHaveAttribute('locale', 'de');
    await chat.call('minimizeWidget');
    await expect(chat.panel).toBeHidden();
  });

  test('S5.16 what the page tells reaches agents', async ({ site, page, chat, inbox }) => {
    await site.visit(page, {
      before: `window.ConvKit = window.ConvKit || function () {
          (window.ConvKit.q = window.ConvKit.q || []).push(arguments);
        };
        ConvKit('setIntegrationData', { plan: 'Gold' });
        ConvKit('updateIntegrationData', { basket: '3 bells' });
        ConvKit('pageView');
        ConvKit('openChat', true);`,
    });
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('What the page tells');
    await field.press('Enter');
    await inbox.visit();
    await inbox.view('Unassigned').click();
    await inbox.open('What the page tells');
    await expect(inbox.page.getByText('3 bells')).toBeVisible();
    await expect(inbox.page.getByText('Gold')).toBeVisible();
    await expect(chat.launcher).toHaveAttribute('aria-expanded', 'true');
  });

  for (const hash of ['#brevoConversationsExpanded', '#convkit-open']) {
    test(`S5.16 links to ${hash} open the chat, each time`, async ({ site, page, chat }) => {
      await site.visit(page, { body: `<a href="${hash}">Chat</a>` });
      await chat.launcher.waitFor();
      for (let round = 0; round < 2; round++) {
        await page.getByRole('link', { name: 'Chat' }).click();
        await expect(chat.panel).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(chat.panel).toBeHidden();
      }
    });
  }

  test('S5.15 disableChatOpenHash leaves the address to the page', async ({ site, page, chat }) => {
    await site.visit(page, {
      before: setup({ disableChatOpenHash: true }),
      body: '<a href="#convkit-open">Chat</a>',
    });
    await chat.launcher.waitFor();
    await page.getByRole('link', { name: 'Chat' }).click();
    await expect(page).toHaveURL(/#convkit-open/);
    await expect(chat.widget).toHaveCount(0);
  });
});

test('S5.15 a page written for Brevo’s script works with its address and id changed', async ({
  site,
  page,
  chat,
}) => {
  await site.visit(page, {
    policy: '',
    script: `<script nonce="n">
      window.BrevoConversationsSetup = { buttonPosition: 'bl', chatWidth: 400 };
      (function (d, w, c) {
        w.BrevoConversationsID = '${site.workspace}';
        w[c] = w[c] || function () { (w[c].q = w[c].q || []).push(arguments); };
        var s = d.createElement('script');
        s.async = true;
        s.nonce = 'n';
        s.src = '${site.chat}/v1/loader.js';
        if (d.head) d.head.appendChild(s);
      })(document, window, 'BrevoConversations');
      BrevoConversations('setZIndex', 5);
      BrevoConversations('openChat', true);
    </script>`,
  });
  await expect(chat.panel).toBeVisible();
  await expect(chat.widget).toHaveAttribute('chat-width', '400');
  await expect(chat.host).toHaveCSS('z-index', '5');
  expect(await page.evaluate(() => 'ConvKit' in window)).toBe(false);
  await page.evaluate(() => {
    const { BrevoConversations } = window as unknown as {
      BrevoConversations: (method: string) => void;
    };
    BrevoConversations('minimizeWidget');
  });
  await expect(chat.panel).toBeHidden();
});
