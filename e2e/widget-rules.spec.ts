import type { Page } from '@playwright/test';
import { agentOf, send } from './cast.js';
import { heard, recordLiveRegions } from './live-regions.js';
import { expect, setup, test } from './loader-fixtures.js';
import { peerVisitor } from './peer.js';
import { Shop } from './shop.js';
import { Traffic, traces } from './traces.js';

interface Target {
  conditions: object[];
  match?: 'all' | 'any';
  when?: 'available' | 'unavailable' | 'either';
  repeat?: 'once' | 'visit' | 'always';
  action?: object;
}

/** By what each says. */
function targeted(targets: Record<string, Target>): string {
  const all = Object.entries(targets).map(([text, target]) => ({
    id: text.replaceAll(' ', '-'),
    active: true,
    when: 'either',
    match: 'all',
    repeat: 'once',
    action: { type: 'message', texts: { en: text } },
    ...target,
  }));
  return `targeted=${JSON.stringify(all)}`;
}

/** What the team said by itself, in any order. */
async function shown(page: Page): Promise<string[]> {
  const all = await heard(page);
  return all.flatMap((text) => /^polite: The team: (.+)$/.exec(text)?.[1] ?? []).sort();
}

/** Pages that were told on a socket. */
const viewsIn = ({ frames }: Traffic): string[] =>
  frames.flatMap((frame) => {
    const [, , , event, payload] = JSON.parse(frame) as [unknown, unknown, unknown, string, object];
    return event === 'page:view' ? [(payload as { url: string }).url] : [];
  });

const navigate = (page: Page, to: string): Promise<void> =>
  page.evaluate((address) => history.pushState(null, '', address), to);

test.describe('what the widget does by itself', () => {
  test.afterEach(async ({ server }) => {
    for (const value of ['targeted=[]', 'askGroup=false', 'tracking=consent']) {
      await server.command('settings', 'set', value);
    }
  });

  test('S5.8 targeted messages: each condition, all or any, by who is there; they show, open or assign, once unless set otherwise', async ({
    server,
    session,
    site,
    page,
    chat,
  }) => {
    test.slow();
    const agent = await agentOf(session, server.origin);
    const inbox = await agent.peer.join(`inbox:${site.workspace}`);
    await inbox.push('agent:status', { status: 'online' });
    const { group } = (await inbox.push('group:save', {
      name: `Offers ${String(Date.now())}`,
      names: {},
      private: false,
      memberIds: [],
    })) as { group: { id: string } };
    await server.command('settings', 'set', 'askGroup=true');
    // The server tells it where it has a database of addresses.
    await page.context().route(/\/v1\/(?:config|visitor\/returning)/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), country: 'SE' } });
    });
    const before = setup({ consent: true });
    await site.visit(page, { before });
    const address = page.url();
    // What is set reaches open pages at once, where it would be shown already.
    await page.goto('about:blank');
    const url = (test: string, value: string): object => ({ type: 'url', test, value });
    const never = url('is', 'https://elsewhere.example/');
    await server.command(
      'settings',
      'set',
      targeted({
        'url is': { conditions: [url('is', `${address}?spring`)] },
        'url contains': { conditions: [url('contains', 'SPRING')] },
        'url matches': { conditions: [url('matches', '*//*/*?spr*g')] },
        referrer: {
          conditions: [{ type: 'referrer', test: 'contains', value: 'search.example' }],
        },
        country: { conditions: [{ type: 'country', any: ['DK', 'SE'] }] },
        device: { conditions: [{ type: 'device', any: ['desktop'] }] },
        language: { conditions: [{ type: 'language', any: ['en'] }] },
        'time on page': { conditions: [{ type: 'time-on-page', seconds: 1 }] },
        'pages seen': { conditions: [{ type: 'pages-seen', atLeast: 2 }] },
        'previous page': {
          conditions: [{ type: 'previous-page', test: 'contains', value: 'spring' }],
        },
        visits: { conditions: [{ type: 'visits', atLeast: 2 }] },
        any: { match: 'any', conditions: [never, { type: 'country', any: ['SE'] }] },
        'all but one': { conditions: [never, { type: 'country', any: ['SE'] }] },
        'another country': { conditions: [{ type: 'country', any: ['NO'] }] },
        'on phones': { conditions: [{ type: 'device', any: ['phone', 'tablet'] }] },
        available: { when: 'available', conditions: [] },
        unavailable: { when: 'unavailable', conditions: [] },
        'each visit': { repeat: 'visit', conditions: [] },
        'each page': { repeat: 'always', conditions: [] },
        opens: { conditions: [url('contains', '?open')], action: { type: 'open' } },
        assigns: {
          conditions: [url('contains', '?cart')],
          action: { type: 'assign', groupId: group.id },
        },
      }),
    );
    const first = [
      'any',
      'available',
      'country',
      'device',
      'each page',
      'each visit',
      'language',
      'referrer',
      'time on page',
      'url contains',
      'url is',
      'url matches',
    ];

    await test.step('those whose conditions are met, beside the button', async () => {
      await recordLiveRegions(page);
      await page.goto(`${address}?spring`, { referer: 'https://search.example/find' });
      await expect.poll(() => shown(page)).toEqual(first);
      await expect(page.getByRole('group', { name: 'Message from our team' })).toBeVisible();
      await expect(chat.panel).toBeHidden();
    });
    const second = [...first, 'each page', 'pages seen', 'previous page'].sort();
    await test.step('a navigation within the page is noticed', async () => {
      await navigate(page, '?cart');
      await expect.poll(() => shown(page)).toEqual(second);
    });
    await test.step('nobody is there any more', async () => {
      await inbox.push('agent:status', { status: 'offline' });
      await expect.poll(() => shown(page)).toEqual([...second, 'unavailable'].sort());
      await inbox.push('agent:status', { status: 'online' });
    });
    await test.step('the same visit once more: what comes once does not come again', async () => {
      await page.goto(address);
      await expect.poll(() => shown(page)).toEqual(['each page']);
    });
    const tab = await page.context().newPage();
    const visitor = new Shop(tab, site.origin);
    await test.step('another visit', async () => {
      await recordLiveRegions(tab);
      await tab.goto(address);
      await expect.poll(() => shown(tab)).toEqual(['each page', 'each visit', 'visits']);
    });
    await test.step('opens the chat, in which they stand', async () => {
      await navigate(tab, '?open');
      await expect(visitor.log.getByText('visits', { exact: true })).toBeVisible();
      await navigate(tab, '?cart');
    });
    await test.step('agents see what was shown, and the group', async () => {
      await visitor.write('What do you offer?');
      await expect(visitor.log.getByText('Sent')).toBeVisible();
      const visitorToken = await tab.evaluate(
        (id) => JSON.parse(localStorage.getItem(`convkit/visitor/${id}`) ?? '""') as string,
        site.workspace,
      );
      const peer = await peerVisitor(site.chat, site.workspace, visitorToken);
      const { conversation } = peer.channel.joined as { conversation: { id: string } };
      peer.close();
      const { joined } = await agent.peer.join(`conversation:${conversation.id}`);
      expect(joined).toMatchObject({ conversation: { groupId: group.id } });
      expect(JSON.stringify(joined)).toContain('"targetedId":"visits"');
    });
    await tab.close();
    agent.peer.close();
  });

  test('S5.11 tracking is none, consent or always: nothing is kept or opened before; after it the visitor’s page is known and is reached', async ({
    browser,
    server,
    session,
    site,
    page,
  }) => {
    test.slow();
    const agent = await agentOf(session, server.origin);
    const traffic = new Traffic(page.context());
    const launcher = page.getByRole('button', { name: /^Open chat/ });
    const come = async (options: object): Promise<void> => {
      await site.visit(page, { before: setup(options) });
      await launcher.waitFor();
    };
    const told = (): string[] => viewsIn(traffic);
    const untouched = async (): Promise<void> => {
      expect(await traces(page)).toEqual([]);
      expect([...traffic.sockets, ...told()]).toEqual([]);
      expect(traffic.asked(site.chat).filter((one) => one.startsWith('POST'))).toEqual([]);
    };

    await test.step('none: not even with consent, until the visitor acts', async () => {
      await server.command('settings', 'set', 'tracking=none');
      await come({ consent: true });
      const fetched = page.waitForResponse(`${site.chat}/v1/widget.js`);
      await launcher.hover();
      await fetched;
      await untouched();
    });

    await test.step('consent: what needs memory counts within the page only', async () => {
      await server.command('settings', 'set', 'tracking=consent');
      const conditions = [{ type: 'pages-seen', atLeast: 2 }];
      await server.command('settings', 'set', targeted({ 'Second page': { conditions } }));
      await recordLiveRegions(page);
      for (let visits = 0; visits < 2; visits++) {
        await come({});
        await page.locator('chat-widget').waitFor({ state: 'attached' });
        expect(await shown(page)).toEqual([]);
      }
      await navigate(page, '?second');
      await expect.poll(() => shown(page)).toEqual(['Second page']);
      await untouched();
      await server.command('settings', 'set', 'targeted=[]');
    });

    await test.step('agreed: agents see where the visitor is, and reach the page', async () => {
      await come({});
      await page.evaluate(() => {
        (window as unknown as { ConvKit: (...call: unknown[]) => void }).ConvKit('consent', true);
      });
      await expect.poll(() => traffic.open).toBe(1);
      await expect.poll(told).toEqual([page.url()]);
      const key = `convkit/visitor/${site.workspace}`;
      const token = await page.evaluate((name) => localStorage.getItem(name) ?? '', key);
      const claims = String(Buffer.from(token.split('.')[1] ?? '', 'base64url'));
      const { sub: contactId } = JSON.parse(claims) as { sub: string };
      const elsewhere = await peerVisitor(site.chat, site.workspace, JSON.parse(token) as string);
      expect(elsewhere.contactId).toBe(contactId);
      const { conversationId } = await send(elsewhere.channel, 'From another window');
      const thread = await agent.peer.join(`conversation:${conversationId}`);
      expect(JSON.stringify((thread.joined as { visit: object }).visit)).toContain(page.url());
      await send(thread, 'May I help you?', 'reply');
      elsewhere.close();
      await expect(launcher).toHaveAttribute('aria-label', 'Open chat, 1 unread');
    });

    await test.step('always: at once', async () => {
      await server.command('settings', 'set', 'tracking=always');
      const context = await browser.newContext();
      const other = new Traffic(context);
      const tab = await context.newPage();
      await site.visit(tab);
      await expect.poll(() => other.open).toBe(1);
      await expect.poll(() => viewsIn(other)).toEqual([tab.url()]);
      await context.close();
      await server.command('settings', 'set', 'tracking=consent');
    });

    await test.step('the shop has a switch for it', async () => {
      const context = await browser.newContext();
      const other = new Traffic(context);
      const shop = new Shop(await context.newPage(), server.origin);
      await shop.visit();
      await shop.launcher.waitFor();
      await expect(shop.consent).not.toBeChecked();
      expect(other.sockets).toEqual([]);
      await shop.consent.check();
      await expect.poll(() => other.open).toBe(1);
      await context.close();
    });
    agent.peer.close();
  });
});
