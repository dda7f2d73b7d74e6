import { createHmac, hkdfSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { agentOf } from './cast.js';
import { expect, setup, test } from './loader-fixtures.js';
import type { LoaderSite } from './loader-site.js';
import { Peer, peerVisitor, post } from './peer.js';
import type { Server } from './server.js';
import { Shop } from './shop.js';
import { hostSecret, hostToken, signature, trust } from './signed.js';

const formerSecret = 'the secret of this shop until last week';

/** One device of a visitor, on a page that writes down what is refused. */
class Device extends Shop {
  static async start(browser: Browser, site: LoaderSite, options: object = {}): Promise<Device> {
    const context = await browser.newContext();
    const device = new Device(await context.newPage(), site.origin);
    await site.visit(device.page, { before: `${listening}${setup(options)}` });
    return device;
  }

  identify(identity: object): Promise<void> {
    return this.page.evaluate((signed) => {
      (window as unknown as { ConvKit: (...call: unknown[]) => void }).ConvKit('identify', signed);
    }, identity);
  }

  refusals(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { refusals: string[] }).refusals);
  }

  async sends(text: string): Promise<void> {
    await this.write(text);
    await expect(this.log.locator('.bubble.own', { hasText: text })).toBeVisible();
    await expect(this.log.locator('[part=receipt]').last()).toHaveText(/Sent|Seen/);
  }

  end(): Promise<void> {
    return this.page.context().close();
  }
}

const listening = `
  window.refusals = [];
  document.addEventListener('chat-identity-refused', (event) => refusals.push(event.detail.code));
`;

test.describe('who a visitor is', () => {
  test.afterAll(({ server }) => trust(server));

  test('S5.13 two devices of an identity show one thread; an anonymous conversation comes along or is kept; repeating changes nothing; logout clears everything', async ({
    browser,
    server,
    session,
    site,
  }) => {
    await trust(server, hostSecret);
    const id = `ada-${String(Date.now())}`;
    const phone = await Device.start(browser, site);
    const laptop = await Device.start(browser, site);

    await test.step('where the contact has no conversation, the anonymous one comes along', async () => {
      await phone.openChat();
      await phone.sends('From the phone');
      await phone.identify(signature(id));
      await expect.poll(() => contactOf(site, phone.page)).not.toBe(null);
      await phone.sends('Still the phone');
      await expect(phone.log.getByText('From the phone')).toBeVisible();
    });

    await test.step('where it has one, that is shown, and the other is kept for agents', async () => {
      await laptop.openChat();
      await laptop.sends('From the laptop');
      const anonymous = await contactOf(site, laptop.page);
      await laptop.identify(hostToken({ sub: id, jti: `${id}-laptop`, name: 'Ada Lind' }));
      await expect(laptop.log.getByText('From the phone')).toBeVisible();
      await expect(laptop.log.getByText('From the laptop')).toHaveCount(0);
      const contact = await contactOf(site, laptop.page);
      expect(contact).toBe(await contactOf(site, phone.page));
      expect(contact).not.toBe(anonymous);
      const agent = await agentOf(session, server.origin);
      const found = (await (
        await agent.peer.join(`inbox:${site.workspace}`)
      ).push('conversations:search', { query: 'From the laptop', limit: 5 })) as object;
      expect(JSON.stringify(found)).toContain('From the laptop');
      expect(JSON.stringify(found)).toContain(contact);
      agent.peer.close();
    });

    await test.step('one thread, whoever writes', async () => {
      await laptop.sends('And now the laptop');
      await expect(phone.log.getByText('And now the laptop')).toBeVisible();
      await phone.sends('And the phone');
      await expect(laptop.log.getByText('And the phone')).toBeVisible();
    });

    await test.step('the same person once more changes nothing on screen', async () => {
      const { page } = laptop;
      await page.evaluate(() => {
        const panel = document
          .querySelector('convkit-chat')
          ?.shadowRoot?.querySelector('chat-widget')
          ?.shadowRoot?.querySelector('.panel');
        const changes: string[] = [];
        Object.assign(window, { changes });
        new MutationObserver((records) => {
          for (const { type, target } of records) changes.push(`${type} ${target.nodeName}`);
        }).observe(panel as Element, { childList: true, characterData: true, subtree: true });
      });
      let sockets = 0;
      page.on('websocket', () => sockets++);
      for (const identity of [signature(id), hostToken({ sub: id, jti: `${id}-again` })]) {
        const answered = page.waitForResponse((response) =>
          response.url().endsWith('/v1/visitor/token'),
        );
        await laptop.identify(identity);
        await answered;
      }
      // A round trip of each way after the answer.
      await phone.field.fill('…');
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      const changes = await page.evaluate(
        () => (window as unknown as { changes: string[] }).changes,
      );
      expect(changes).toEqual([]);
      expect(sockets).toBe(0);
      expect(await laptop.refusals()).toEqual([]);
    });

    await test.step('logout makes this browser nobody’s, and leaves the other one alone', async () => {
      await laptop.page.evaluate(() => {
        (window as unknown as { ConvKit: (...call: unknown[]) => void }).ConvKit('logout');
      });
      await expect(laptop.log.getByText('And the phone')).toHaveCount(0);
      await expect.poll(() => laptop.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
      await laptop.sends('A new person');
      await expect(laptop.log.getByText('And the phone')).toHaveCount(0);
      await phone.sends('Am I alone?');
      await expect(phone.log.getByText('A new person')).toHaveCount(0);
    });
    await Promise.all([phone.end(), laptop.end()]);
  });

  test('who is not believed is told by a code, and the chat goes on as anonymous', async ({
    browser,
    server,
    site,
  }) => {
    await trust(server, hostSecret, formerSecret);
    const now = Math.floor(Date.now() / 1_000);
    const once = hostToken({ sub: 'eve', jti: `once-${String(now)}` });
    const { workspace: workspaceId } = site;
    await post(site.chat, '/v1/visitor/token', { workspaceId, identity: once });
    await trust(server, hostSecret);
    const claims = { sub: 'ada', jti: `ada-${String(now)}` };
    const refused: [why: string, identity: object, code: string][] = [
      [
        'forged',
        hostToken(claims, 'the secret of somebody else, well guessed'),
        'identity_invalid',
      ],
      ['expired', hostToken({ ...claims, exp: now - 1 }), 'token_expired'],
      ['an expired signature', signature('ada', { inSeconds: -1 }), 'token_expired'],
      ['revoked with its secret', hostToken(claims, formerSecret), 'identity_invalid'],
      ['of another workspace', hostToken({ ...claims, workspace: 'ws_other' }), 'identity_invalid'],
      ['signed for another id', { ...signature('eve'), id: 'ada' }, 'identity_invalid'],
      ['used before', once, 'identity_reused'],
      ['no word of the host', { visitorId: 'ada-0123456789-0123456789' }, 'identity_invalid'],
    ];
    const visitor = await Device.start(browser, site);
    await visitor.openChat();
    await visitor.sends('Hello');
    const anonymous = await contactOf(site, visitor.page);
    for (const [index, [why, identity, code]] of refused.entries()) {
      await test.step(why, async () => {
        await visitor.identify(identity);
        await expect.poll(() => visitor.refusals()).toHaveLength(index + 1);
        expect((await visitor.refusals()).at(-1)).toBe(code);
      });
    }
    await visitor.sends('Nobody believes me');
    await expect(visitor.log.getByText('Hello')).toBeVisible();
    expect(await contactOf(site, visitor.page)).toBe(anonymous);
    await visitor.end();
  });

  test('who comes with an identity that is refused begins as anonymous', async ({
    browser,
    server,
    site,
  }) => {
    await trust(server, hostSecret);
    const visitor = await Device.start(browser, site, {
      identity: signature('ada', { secret: 'the secret of somebody else, well guessed' }),
    });
    await visitor.openChat();
    await visitor.sends('Hello all the same');
    expect(await visitor.refusals()).toEqual(['identity_invalid']);
    await visitor.end();
  });

  test('a token that is worth nothing is refused by a code, and its browser begins anew', async ({
    browser,
    server,
    site,
  }) => {
    const { workspace: workspaceId } = site;
    const other = await server.command('create-workspace', 'Another shop');
    const otherId = /ws_[\w-]+/.exec(other)?.[0] ?? '';
    const [mine, theirs] = await Promise.all([
      peerVisitor(site.chat, workspaceId),
      peerVisitor(site.chat, otherId),
    ]);
    await post(site.chat, '/v1/visitor/sign-out', { workspaceId, visitorToken: mine.visitorToken });
    const expired = await resigned(server, mine.visitorToken, { exp: 1_000_000_000 });
    const tokens: [why: string, visitorToken: string, code: RegExp][] = [
      ['forged', `${mine.visitorToken.slice(0, -8)}AAAAAAAA`, /token_invalid/],
      ['expired', expired, /token_expired/],
      ['revoked', mine.visitorToken, /token_invalid/],
      ['of another workspace', theirs.visitorToken, /token_invalid/],
    ];
    const visitor = await Device.start(browser, site);
    for (const [why, visitorToken, code] of tokens) {
      await test.step(why, async () => {
        await expect(
          post(site.chat, '/v1/visitor/token', { workspaceId, visitorToken }),
        ).rejects.toThrow(code);
        await visitor.page.evaluate(
          ([key, token]) => localStorage.setItem(key, JSON.stringify(token)),
          [`convkit/visitor/${workspaceId}`, visitorToken] as const,
        );
        await visitor.page.reload();
        await visitor.page
          .getByRole('button', { name: /^(?:Open|Close) chat/ })
          .first()
          .waitFor();
        if (!(await visitor.field.isVisible())) await visitor.openChat();
        await visitor.sends(`Written with a token that is ${why}`);
        await expect(visitor.log.getByText('Written with')).toHaveCount(1);
      });
    }
    await test.step('another one’s topic', async () => {
      const stranger = await peerVisitor(site.chat, workspaceId);
      const { token } = (await post(site.chat, '/v1/visitor/token', {
        workspaceId,
        visitorToken: stranger.visitorToken,
      })) as { token: string };
      const peer = await Peer.connect(site.chat, token);
      await expect(peer.join(`visitor:${theirs.contactId}`)).rejects.toThrow(/forbidden/);
      peer.close();
      stranger.close();
    });
    theirs.close();
    await visitor.end();
  });
});

/** Whom the visitor token of a page names. */
async function contactOf(site: LoaderSite, page: Page): Promise<string | null> {
  const stored = await page.evaluate(
    (workspace) => localStorage.getItem(`convkit/visitor/${workspace}`),
    site.workspace,
  );
  if (stored === null) return null;
  const claims = Buffer.from((JSON.parse(stored) as string).split('.')[1] ?? '', 'base64url');
  return (JSON.parse(String(claims)) as { sub: string }).sub;
}

/** The server's own token with other claims, as nobody could make it who lacks its secret. */
async function resigned(server: Server, token: string, claims: object): Promise<string> {
  const secret = (await readFile(join(server.dataDir, 'data/secret'), 'utf8')).trim();
  const [head = '', body = ''] = token.split('.');
  const changed = { ...(JSON.parse(String(Buffer.from(body, 'base64url'))) as object), ...claims };
  const signed = `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
  const key = Buffer.from(hkdfSync('sha256', secret, 'convkit', 'visitor token', 32));
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
