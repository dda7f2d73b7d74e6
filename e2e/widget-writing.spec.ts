import { Buffer } from 'node:buffer';
import type { Page } from '@playwright/test';
import { agentOf } from './cast.js';
import { expect, setup, test } from './loader-fixtures.js';
import { Shop } from './shop.js';
import { conversationOf } from './visitor-conversation.js';

/** A file as a hand drops it, or a clipboard holds it. */
async function give(page: Page, how: 'drop' | 'paste', name: string): Promise<void> {
  const target = page.locator(how === 'drop' ? 'chat-widget .log' : 'chat-widget .field');
  await target.evaluate(
    (element, [type, called]) => {
      const carried = new DataTransfer();
      carried.items.add(new File(['Two bells, please.'], called, { type: 'text/plain' }));
      const common = { bubbles: true, composed: true, cancelable: true };
      if (type === 'paste') {
        element.dispatchEvent(new ClipboardEvent('paste', { ...common, clipboardData: carried }));
        return;
      }
      for (const step of ['dragenter', 'dragover', 'drop']) {
        element.dispatchEvent(new DragEvent(step, { ...common, dataTransfer: carried }));
      }
    },
    [how, name] as const,
  );
}

test('S5.4 emoji; files by button, drop and paste, with progress; the limit is said before upload', async ({
  site,
  page,
  chat,
}) => {
  const visitor = new Shop(page, site.origin);
  const files = page.locator('conv-uploads').getByRole('listitem');
  const uploads: string[] = [];
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route('**/v1/files', async (route) => {
    uploads.push(route.request().method());
    await held;
    await route.continue();
  });
  await site.visit(page, { before: setup({}) });
  await chat.launcher.click();

  await test.step('emoji', async () => {
    await visitor.field.fill('Rain');
    await page.getByRole('button', { name: 'Emoji' }).click();
    await page.getByRole('searchbox').fill('umbrella');
    await page.getByRole('gridcell').first().click();
    await expect(visitor.field).toHaveValue(/^Rain(?:☂️|☔️?|🌂|⛱️)$/u);
    await expect(visitor.field).toBeFocused();
  });
  const attach = page.locator('chat-widget input[type=file]');
  await test.step('the limit', async () => {
    const button = page.getByRole('button', { name: 'Attach files' });
    await button.hover();
    await expect(button).toHaveAttribute('title', /10 MB/);
    const large = {
      name: 'large.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(11 * 1_048_576),
    };
    await attach.setInputFiles([large]);
    await expect(files.filter({ hasText: 'large.bin' })).toContainText('at most 10 MB');
    expect(uploads).toEqual([]);
    await page.getByRole('button', { name: 'Remove large.bin' }).click();
    await expect(files).toHaveCount(0);
  });
  await test.step('button, drop and paste', async () => {
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    const text = { name: 'chosen.txt', mimeType: 'text/plain', buffer: Buffer.from('One bell.') };
    await (await chosen).setFiles([text]);
    await give(page, 'drop', 'dropped.txt');
    await give(page, 'paste', 'pasted.txt');
    await expect(files).toHaveCount(3);
  });
  await test.step('progress, then all of it in one message', async () => {
    await expect(page.getByRole('progressbar', { name: 'Uploading chosen.txt' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
    goOn();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await page.getByRole('button', { name: 'Send' }).click();
    for (const name of ['chosen.txt', 'dropped.txt', 'pasted.txt']) {
      await expect(visitor.log.getByRole('link', { name: `Download ${name}` })).toBeVisible();
    }
    await expect(visitor.log.getByText('Sent')).toBeVisible();
    await expect(files).toHaveCount(0);
  });
});

const size = { key: 'size', labels: { en: 'Frame size', de: 'Rahmenhöhe' }, required: true };
const form = {
  when: 'before',
  fields: [
    { key: 'name', labels: {}, required: false },
    { key: 'email', labels: {}, required: true },
    { key: 'phone', labels: {}, required: false },
    size,
  ],
  consents: [
    {
      name: 'terms',
      texts: { en: 'I agree to the terms', de: 'Ich stimme den Bedingungen zu' },
      url: 'https://shop.example/terms',
      required: true,
    },
    { name: 'marketing', texts: { en: 'Tell me of offers' }, url: null, required: false },
  ],
};
const texts = { de: { formIntro: 'Wer fragt?' }, en: { formThanks: 'Noted, thank you.' } };

test.describe('the contact form', () => {
  test.afterAll(async ({ server }) => {
    await server.command('settings', 'set', 'form=null');
    await server.command('settings', 'set', 'texts={}');
  });

  test('S3.32 S5.7 asks name, email, phone and own fields with consents, before, after or offline, in the visitor’s language, and nothing that was given; agents have the answers', async ({
    browser,
    server,
    session,
    site,
    page,
    chat,
  }) => {
    test.slow();
    const set = (name: string, value: object): Promise<string> =>
      server.command('settings', 'set', `${name}=${JSON.stringify(value)}`);
    const agent = await agentOf(session, server.origin);
    const inbox = await agent.peer.join(`inbox:${site.workspace}`);
    await inbox.push('agent:status', { status: 'online' });
    await set('form', form);
    await set('texts', texts);
    const visitor = new Shop(page, site.origin);
    const card = page.getByRole('form', { name: 'Contact form' });

    await test.step('before chatting: required, optional, terms and marketing', async () => {
      await site.visit(page);
      await chat.launcher.click();
      await expect(card).toBeVisible();
      await expect(visitor.field).toBeDisabled();
      for (const [name, word] of [
        ['Name', 'optional'],
        ['Email', 'required'],
        ['Phone', 'optional'],
        ['Frame size', 'required'],
      ] as const) {
        await expect(
          card.getByRole('textbox', { name: new RegExp(`^${name}\\s+\\(${word}\\)`) }),
        ).toBeVisible();
      }
      await expect(card.getByRole('link', { name: 'Read more' })).toHaveAttribute(
        'href',
        'https://shop.example/terms',
      );
      await card.getByRole('textbox', { name: /^Email/ }).fill('kim at shop');
      await card.getByRole('button', { name: 'Submit' }).click();
      await expect(card.getByText('This is not an email address.')).toBeVisible();
      await expect(card.getByText('Please fill this in.')).toHaveCount(1);
      await expect(card.getByText('Please agree to this first.')).toHaveCount(1);
      await card.getByRole('textbox', { name: /^Name/ }).fill('Kim Sato');
      await card.getByRole('textbox', { name: /^Email/ }).fill('kim@shop.example');
      await card.getByRole('textbox', { name: /^Frame size/ }).fill('58');
      await card.getByRole('checkbox', { name: /^I agree to the terms/ }).check();
      await card.getByRole('button', { name: 'Submit' }).click();
      await expect(page.getByText('Noted, thank you.').first()).toBeVisible();
      await visitor.write('Do you have it in green?');
      await expect(visitor.log.getByText('Sent')).toBeVisible();
    });
    await test.step('agents have what was answered', async () => {
      const { joined } = await agent.peer.join(`conversation:${await conversationOf(page, site)}`);
      const { contact } = joined as { contact: Record<string, unknown> };
      expect(contact).toMatchObject({ name: 'Kim Sato', email: 'kim@shop.example', phone: null });
      expect(JSON.stringify(contact['attributes'])).toContain('58');
      expect(contact['consents']).toMatchObject([
        { name: 'terms', given: true },
        { name: 'marketing', given: false },
      ]);
    });
    await test.step('what was given is not asked again, what is new is', async () => {
      await page.reload();
      await expect(visitor.log.getByText('Do you have it in green?')).toBeVisible();
      await expect(visitor.field).toBeEnabled();
      await expect(card.getByRole('textbox', { name: /^(?:Name|Email|Frame)/ })).toHaveCount(0);
      await chat.call('restartConversation');
      await expect(visitor.log.getByText('Do you have it in green?')).toHaveCount(0);
      const colour = { key: 'colour', labels: { en: 'Colour' }, required: false };
      await set('form', { ...form, fields: [...form.fields, colour] });
      await expect(card.getByRole('textbox', { name: /^Colour/ })).toBeVisible();
      await expect(card.getByRole('textbox', { name: /^(?:Name|Email|Frame)/ })).toHaveCount(0);
    });
    const other = async (options: object): Promise<Shop> => {
      const context = await browser.newContext();
      const someone = new Shop(await context.newPage(), site.origin);
      await site.visit(someone.page, { before: setup(options) });
      await someone.page.locator('convkit-chat button').first().click();
      await someone.field.or(someone.page.locator('chat-widget .field')).first().waitFor();
      return someone;
    };
    await test.step('after the first message', async () => {
      await set('form', { ...form, when: 'after' });
      const someone = await other({});
      const asked = someone.page.getByRole('form', { name: 'Contact form' });
      await expect(someone.field).toBeEnabled();
      await expect(asked).toHaveCount(0);
      await someone.write('Hello');
      await expect(asked).toBeVisible();
      await someone.page.context().close();
    });
    await test.step('only offline, in German', async () => {
      await set('form', { ...form, when: 'offline' });
      const someone = await other({ language: 'de' });
      const field = someone.page.locator('chat-widget .field');
      const asked = someone.page.locator('chat-widget form.form');
      await expect(field).toBeEnabled();
      await expect(asked).toHaveCount(0);
      await someone.page.context().close();
      await inbox.push('agent:status', { status: 'offline' });
      const late = await other({ language: 'de' });
      const card = late.page.locator('chat-widget form.form');
      await expect(card.getByText('Wer fragt?')).toBeVisible();
      await expect(card.getByText('Rahmenhöhe')).toBeVisible();
      await expect(card.getByText('Ich stimme den Bedingungen zu')).toBeVisible();
      await expect(card.getByText('Submit')).toHaveCount(0);
      await expect(late.page.locator('chat-widget .field')).toBeDisabled();
      await late.page.context().close();
      await inbox.push('agent:status', { status: 'online' });
    });
    agent.peer.close();
  });
});
