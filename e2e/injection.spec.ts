import type { BrowserContext, Page } from '@playwright/test';
import { hostile } from '../src/content/hostile.fixture.js';
import { expect, test } from './fixtures.js';
import { clientId, peerAgent, peerVisitor } from './peer.js';

const policies = ['under the strict policy', 'without any policy'] as const;

/** Serves the same pages as if their server knew no policy. */
async function stripPolicy(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['content-security-policy'];
    await route.fulfill({ response, headers });
  });
}

/** What a page was asked to load beyond its own parts, and whether a script of the corpus ran. */
function detect(page: Page): { loads: string[]; ran(): Promise<boolean> } {
  const loads: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!/^\/(?:v1|assets|inbox|shop)\b|^\/$/.test(pathname)) loads.push(request.url());
  });
  return { loads, ran: () => page.evaluate(() => 'hostileRan' in window) };
}

/** Everything in the page, shadow roots included, that runs, loads or leads to a script. */
function dangerous(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (/^(?:iframe|object|embed|base|portal|frame|applet|form)$/i.test(element.tagName)) {
          found.push(element.tagName);
        }
        for (const { name, value } of element.attributes) {
          if (name.startsWith('on')) found.push(`${element.tagName} ${name}`);
          if (/href$|^src|^action$|^formaction$/.test(name)) {
            const address = new URL(value, 'https://page.example');
            if (!/^(?:https?|mailto|tel):$/.test(address.protocol)) {
              found.push(`${element.tagName} ${name}=${value}`);
            }
          }
        }
      }
    };
    visit(document);
    return found;
  });
}

test.describe('hostile text runs no script and loads nothing', () => {
  test.describe.configure({ timeout: 90_000 });

  test('the corpus has at least 200 strings, all different', () => {
    expect(new Set(hostile).size).toBeGreaterThanOrEqual(200);
  });

  for (const policy of policies) {
    test(`in the inbox, ${policy}`, async ({ server, session, watched }) => {
      const context = await watched({ storageState: session });
      if (policy === 'without any policy') await stripPolicy(context);
      const page = await context.newPage();
      const detected = detect(page);
      const { visitor, inbox, agentTopic } = await openConversation(server.origin, context, page);

      await test.step('messages', async () => {
        for (const text of hostile) await visitor.push('message:send', message(text));
        await visitor.push('message:send', message('That was all of them'));
        await expect(inbox.log).toContainText('That was all of them');
        await expect(inbox.log.locator('conv-message')).toHaveCount(hostile.length + 2);
      });

      await test.step('links and pictures in replies and comments', async () => {
        for (const [index, text] of linked().entries()) {
          const kind = index % 2 ? 'comment' : 'reply';
          await agentTopic.push('message:send', { ...message(text), kind });
        }
        await agentTopic.push('message:send', { ...message('No more links'), kind: 'comment' });
        await expect(inbox.log).toContainText('No more links');
      });

      await test.step('page titles and addresses', async () => {
        for (const text of hostile) {
          await visitor.push('page:view', {
            url: `https://shop.example/#${encodeURIComponent(text).slice(0, 1_900)}`,
            title: text.slice(0, 300),
            referrer: 'https://search.example/',
          });
        }
        await expect(page.locator('conv-contact')).toContainText(shown(hostile.at(-1)));
      });

      await test.step('names', async () => {
        for (const text of hostile) {
          await agentTopic.push('contact:update', { name: text.slice(0, 200) });
        }
        await agentTopic.push('contact:update', { name: 'Harmless again' });
        await expect(page.locator('conv-contact')).toContainText('Harmless again');
      });

      expect(await dangerous(page)).toEqual([]);
      expect(await detected.ran()).toBe(false);
      expect(detected.loads).toEqual([]);
    });
  }
});

function message(text: string): { clientId: string; text: string } {
  return { clientId: clientId(), text };
}

function shown(text = ''): string {
  return text.trim().slice(0, 20);
}

/** Each string as target and as label of links and pictures, some to a message. */
function linked(): string[] {
  const forms = hostile
    .filter((text) => text.length < 400)
    .flatMap((text) => [
      `[link](${text})`,
      `![picture](<${text}>)`,
      `[${text}](https://x.example)`,
    ]);
  const messages: string[] = [];
  for (const form of forms) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + form.length < 7_000) {
      messages[messages.length - 1] = `${last}\n\n${form}`;
    } else messages.push(form);
  }
  return messages;
}
