import type { Page } from '@playwright/test';
import { invite, newCaller } from './cast.js';
import { expect, test } from './fixtures.js';
import { Inbox } from './inbox.js';

/** What a page tells of itself, written down by `spy`. */
interface Spied {
  /** Title and text of each desktop notification. */
  shown: string[];
  rings: number;
  /** Another window lies above this one. */
  away: boolean;
}

type Spying = Window & { spied: Spied };

/** Stands in for the desktop, which a browser without a screen has not got. */
async function spy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spied: Spied = { shown: [], rings: 0, away: false };
    class Shown extends EventTarget {
      static readonly permission = 'granted';
      static requestPermission = (): Promise<string> => Promise.resolve('granted');
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        spied.shown.push(`${title}: ${body}`);
      }
      close(): void {
        this.dispatchEvent(new Event('close'));
      }
    }
    Object.assign(window, { spied, Notification: Shown });
    document.hasFocus = () => !spied.away;
    Object.defineProperties(document, {
      hidden: { get: () => spied.away },
      visibilityState: { get: () => (spied.away ? 'hidden' : 'visible') },
    });
    window.OscillatorNode = class extends OscillatorNode {
      override start(when?: number): void {
        // A ring is two tones; this is the lower one.
        if (this.frequency.value < 700) spied.rings++;
        super.start(when);
      }
    };
  });
}

const spied = (page: Page): Promise<Spied> =>
  page.evaluate(() => (window as unknown as Spying).spied);

async function look(page: Page, away: boolean): Promise<void> {
  await page.evaluate((isAway) => {
    (window as unknown as Spying).spied.away = isAway;
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event(isAway ? 'blur' : 'focus'));
  }, away);
}

/** Failure: an agent who works elsewhere hears of nothing, or of everything twice. */
test('S3.36 a hidden inbox tells of each new message once and rings; a visible one tells of none', async ({
  server,
  watched,
}) => {
  const page = await (await watched()).newPage();
  await spy(page);
  const inbox = new Inbox(page, server.origin);
  await page.goto(await invite(server, 'Nora Falk'));
  const caller = await newCaller(server.origin, 'Is the shop open?');
  const other = await newCaller(server.origin, 'Do you repair wheels?');
  await inbox.view('All messages').click();
  await inbox.open('Is the shop open?');

  await test.step('the agent chooses to hear of all', async () => {
    await inbox.status.click();
    await page.getByRole('menuitem', { name: 'Notification settings' }).click();
    const dialog = page.getByRole('dialog', { name: 'Notification settings' });
    for (const name of ['Play a sound for', 'Desktop notifications for']) {
      await dialog.getByRole('combobox', { name }).selectOption('All conversations');
      await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('who looks at it hears nothing of the open one, and is shown nothing', async () => {
    const { rings } = await spied(page);
    await caller.write('Hello?');
    await expect(inbox.log).toContainText('Hello?');
    expect(await spied(page)).toMatchObject({ shown: [], rings });
    await other.write('Anybody?');
    await expect(inbox.card('Anybody?')).toBeVisible();
    await expect.poll(async () => (await spied(page)).rings).toBe(rings + 1);
    expect((await spied(page)).shown).toEqual([]);
  });

  await test.step('who is elsewhere is told of each message, once', async () => {
    await look(page, true);
    const { rings } = await spied(page);
    await caller.write('At which time?');
    await expect.poll(async () => (await spied(page)).shown.length).toBe(1);
    await other.write('Two wheels, that is.');
    await expect.poll(async () => (await spied(page)).shown.length).toBe(2);
    await expect(inbox.log).toContainText('At which time?');
    const { shown } = await spied(page);
    expect(shown).toEqual([
      expect.stringMatching(/ wrote: At which time\?$/),
      expect.stringMatching(/ wrote: Two wheels, that is\.$/),
    ]);
    await expect.poll(async () => (await spied(page)).rings).toBeGreaterThan(rings);
  });

  await test.step('back here nothing of it is told again', async () => {
    await look(page, false);
    await caller.write('I see you.');
    await expect(inbox.log).toContainText('I see you.');
    await page.reload();
    await expect(inbox.log).toContainText('I see you.');
    expect((await spied(page)).shown).toEqual([]);
  });
  for (const { visitor } of [caller, other]) visitor.close();
});
