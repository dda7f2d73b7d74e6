import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { agentOf, send } from './cast.js';
import { Keys } from './keys.js';
import { forget, heard, recordLiveRegions } from './live-regions.js';
import { agent as colleague } from './fixtures.js';
import { expect, setup, test } from './loader-fixtures.js';
import { Shop } from './shop.js';
import { conversationOf } from './visitor-conversation.js';

const form = {
  when: 'before',
  fields: [
    { key: 'name', labels: {}, required: false },
    { key: 'email', labels: {}, required: true },
  ],
  consents: [{ name: 'terms', texts: { en: 'The terms' }, url: null, required: true }],
};

/** A page whose own content lies in a landmark, as axe wants it of every page. */
const inMain = `document.addEventListener('DOMContentLoaded', () => {
  const main = document.createElement('main');
  main.append(...document.body.childNodes);
  document.body.append(main);
});`;

/** What a finger or a shaking hand has to hit, in px of both sides (WCAG 2.5.8). */
const leastTarget = 24;

/** Controls of the chat that are smaller, by their names. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const found: Element[] = [];
    const collect = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        found.push(element);
        if (element.shadowRoot) collect(element.shadowRoot);
      }
    };
    const chat = document.querySelector('convkit-chat')?.shadowRoot;
    if (chat) collect(chat);
    const controls = 'button, a[href], input, textarea, select, [role^=menuitem], [role=tab]';
    return (
      found
        .filter((element) => element.matches(controls) && element.checkVisibility())
        // A link within a sentence is as high as its line.
        .filter((element) => getComputedStyle(element).display !== 'inline')
        .filter((element) => {
          // A label is hit in place of its field.
          const target = element.closest('label') ?? element;
          const { width, height } = target.getBoundingClientRect();
          return width > 0 && Math.min(width, height) < least - 0.5;
        })
        .map((element) => {
          const { width, height } = element.getBoundingClientRect();
          const name = element.getAttribute('aria-label') ?? element.textContent.trim();
          return `${element.localName} ${name} ${String(width)} × ${String(height)}`;
        })
    );
  }, leastTarget);
}

async function expectFit(page: Page, state: string): Promise<void> {
  await expectAccessible(page);
  expect(await smallTargets(page), `targets: ${state}`).toEqual([]);
}

const holdsFocus = (panel: Locator): Promise<boolean> =>
  panel.evaluate((element) => element.matches(':focus-within'));

test.describe('everybody can use it', () => {
  /** Failure: a state that nobody looked at has no name, no focus, or no way out of it by keys. */
  test('every state passes axe, has targets of 24 px, and is gone through with keys alone', async ({
    server,
    session,
    site,
    page,
    chat,
  }) => {
    test.setTimeout(240_000);
    const visitor = new Shop(page, site.origin);
    const keys = new Keys(page);
    const agent = await agentOf(session, server.origin);
    const inbox = await agent.peer.join(`inbox:${site.workspace}`);
    await inbox.push('agent:status', { status: 'online' });
    await inbox.push('group:save', { name: 'Bells', names: {}, private: false, memberIds: [] });
    await server.command('settings', 'set', `form=${JSON.stringify(form)}`);
    await server.command('settings', 'set', 'askGroup=true');
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

    await test.step('closed', async () => {
      await site.visit(page, { before: inMain });
      await visitor.launcher.waitFor();
      await expectFit(page, 'closed');
      await keys.to(visitor.launcher);
      await keys.press('Enter');
      await expect(chat.panel).toBeVisible();
    });
    await test.step('Escape gives the focus back', async () => {
      await expect.poll(() => holdsFocus(chat.panel)).toBe(true);
      await keys.press('Escape');
      await expect(chat.launcher).toBeFocused();
      await keys.press('Enter');
      await expect.poll(() => holdsFocus(chat.panel)).toBe(true);
    });
    await test.step('empty, with groups and the form', async () => {
      await expect(page.getByRole('form', { name: 'Contact form' })).toBeVisible();
      await expect(button('Bells')).toBeVisible();
      await expectFit(page, 'groups and form');
      await keys.enter(button('Bells'), 'Shift+Tab');
      await expect(page.getByText('You chose Bells.').first()).toBeVisible();
    });
    await test.step('the form, with faults and then without', async () => {
      await keys.enter(button('Submit'), 'Shift+Tab');
      await expect(page.getByText('Please fill this in.')).toBeVisible();
      await expect(page.getByRole('textbox', { name: /Email/ })).toBeFocused();
      await expectFit(page, 'faults');
      await keys.type('kim@shop.example');
      await keys.to(page.getByRole('checkbox', { name: /The terms/ }));
      await keys.press('Space');
      await keys.enter(button('Submit'));
      await expect(visitor.field).toBeFocused();
    });
    await test.step('a thread', async () => {
      await keys.type('Does it rain in Malmö?');
      await keys.press('Enter');
      await expect(visitor.log.getByText('Sent')).toBeVisible();
    });
    const thread = await agent.peer.join(`conversation:${await conversationOf(page, site)}`);
    await test.step('with an answer in it', async () => {
      await send(thread, 'It **does**, see [the forecast](https://weather.example/).', 'reply');
      await expect(visitor.log.getByRole('link', { name: 'the forecast' })).toBeVisible();
      await expectFit(page, 'thread');
    });
    await test.step('emoji', async () => {
      await keys.enter(button('Emoji'));
      await expect(page.getByRole('dialog', { name: 'Emoji' })).toBeVisible();
      await expect(page.getByRole('searchbox')).toBeFocused();
      await expectFit(page, 'emoji');
      await keys.type('umbrella');
      await keys.press('Enter');
      await expect(visitor.field).toBeFocused();
      await expect(visitor.field).not.toHaveValue('');
      await keys.press('Enter');
    });
    await test.step('menu, and its question', async () => {
      await keys.enter(button('Menu'), 'Shift+Tab');
      await expect(page.getByRole('menuitem').first()).toBeFocused();
      await expectFit(page, 'menu');
      await keys.press('End', 'Enter');
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await expectFit(page, 'question');
      await keys.press('Escape');
      await expect(page.getByRole('alertdialog')).toBeHidden();
      await expect(chat.panel).toBeVisible();
    });
    await test.step('rating', async () => {
      await thread.push('conversation:close', {});
      const rating = page.getByRole('form', { name: 'Rating' });
      await expect(rating).toBeVisible();
      await keys.back(page.getByRole('radio', { name: 'Very good' }));
      await keys.press('ArrowLeft');
      await expect(page.getByRole('radio', { name: 'Good', exact: true })).toBeChecked();
      await expectFit(page, 'rating');
      await keys.to(page.getByRole('textbox', { name: 'Comment' }));
      await keys.type('Quick');
      await keys.enter(button('Submit rating'));
      await expect(page.getByText('Your rating: Good')).toBeVisible();
      await expectFit(page, 'rated');
    });
    await test.step('away', async () => {
      await inbox.push('agent:status', { status: 'offline' });
      await expect(chat.panel.getByText(/^Nobody is here right now/)).toBeVisible();
      await expectFit(page, 'away');
      await inbox.push('agent:status', { status: 'online' });
    });
    await test.step('banned', async () => {
      await thread.push('contact:block', { address: true });
      await expect(
        chat.panel.getByText('The chat is not available to you right now.'),
      ).toBeVisible();
      await expectFit(page, 'banned');
      await thread.push('contact:unblock', {});
      await keys.enter(button('Try again'), 'Shift+Tab');
      await expect(button('Try again')).toHaveCount(0);
    });
    await test.step('offline', async () => {
      agent.peer.close();
      await server.kill();
      await expect(chat.panel.getByText(/^No connection/)).toBeVisible();
      await expectFit(page, 'offline');
      await server.restart();
      await keys.enter(button('Try again'), 'Shift+Tab');
      await expect(chat.panel.getByText(/^No connection/)).toHaveCount(0);
    });
    for (const value of ['form=null', 'askGroup=false']) {
      await server.command('settings', 'set', value);
    }
  });

  test('each new message is announced once, politely; the button says how many are unread', async ({
    server,
    session,
    site,
    page,
    chat,
  }) => {
    const visitor = new Shop(page, site.origin);
    await recordLiveRegions(page);
    await site.visit(page, { before: setup({}) });
    await chat.launcher.click();
    await visitor.write('Hello');
    await expect(visitor.log.getByText('Sent')).toBeVisible();
    const agent = await agentOf(session, server.origin);
    const thread = await agent.peer.join(`conversation:${await conversationOf(page, site)}`);
    await forget(page);

    await test.step('with the panel open', async () => {
      await send(thread, 'Hello, and **welcome**', 'reply');
      await send(thread, 'Nobody but us reads this', 'comment');
      await visitor.write('Thank you');
      await send(thread, 'What is it about?', 'reply');
      await expect(visitor.log.getByText('What is it about?')).toBeVisible();
    });
    const messages = async (): Promise<string[]> =>
      (await heard(page)).filter(
        (text) => !/joined|Connecting|Loading the conversation/.test(text),
      );
    const { name } = colleague;
    const said = [`polite: ${name}: Hello, and welcome`, `polite: ${name}: What is it about?`];
    await expect.poll(messages).toEqual(said);

    await test.step('with the panel closed', async () => {
      await page.keyboard.press('Escape');
      await expect(visitor.launcher).toHaveAttribute('aria-label', 'Open chat');
      await send(thread, 'One more thing', 'reply');
      await expect(visitor.launcher).toHaveAttribute('aria-label', 'Open chat, 1 unread');
      await send(thread, 'And another', 'reply');
      await expect(visitor.launcher).toHaveAttribute('aria-label', 'Open chat, 2 unread');
    });
    said.push(`polite: ${name}: One more thing`, `polite: ${name}: And another`);
    await expect.poll(messages).toEqual(said);

    await test.step('opened, or loaded again, history is not read aloud', async () => {
      await visitor.openChat();
      await expect(visitor.log.getByText('And another')).toBeVisible();
      expect(await messages()).toEqual(said);
      await page.reload();
      await expect(visitor.log.getByText('And another')).toBeVisible();
      await expect(chat.launcher).toHaveAttribute('aria-label', 'Close chat');
      await send(thread, 'Still there?', 'reply');
      await expect.poll(messages).toEqual([`polite: ${name}: Still there?`]);
    });
    agent.peer.close();
  });

  test('who wants no motion sees none; forced colours show what is a button and whose a bubble is', async ({
    site,
    page,
    chat,
  }) => {
    const visitor = new Shop(page, site.origin);
    await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
    await page.addInitScript(() => {
      const moved: string[] = [];
      Object.assign(window, { moved });
      const note = (event: Event): void => {
        const {
          animationName = '',
          propertyName = '',
          elapsedTime,
        } = event as AnimationEvent & TransitionEvent;
        if (elapsedTime > 0.05) moved.push(`${animationName}${propertyName}`);
      };
      for (const type of ['animationend', 'transitionend']) {
        document.addEventListener(type, note, true);
      }
    });
    await site.visit(page, { before: setup({}) });
    await chat.launcher.click();
    await visitor.write('Hello');
    await expect(visitor.log.getByText('Sent')).toBeVisible();
    const running = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 50)
        .map((animation) => (animation as CSSAnimation).animationName),
    );
    expect(running).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);

    for (const [name, drawn] of [
      ['launcher', chat.launcher],
      ['panel', page.locator('chat-widget .panel')],
      ['bubble', visitor.log.locator('.bubble.own').first()],
      ['send', page.getByRole('button', { name: 'Send' })],
    ] as const) {
      const { style, width, color } = await drawn.evaluate((element) => {
        const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
        return { style: borderTopStyle, width: parseFloat(borderTopWidth), color: borderTopColor };
      });
      expect(style, name).not.toBe('none');
      expect(width, name).toBeGreaterThan(0);
      expect(color, name).not.toMatch(/^rgba\(.*, 0\)$/);
    }
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active ? getComputedStyle(active).outlineStyle : 'none';
    });
    expect(outline).not.toBe('none');
    await page.emulateMedia({ reducedMotion: null, forcedColors: null });
  });
});
