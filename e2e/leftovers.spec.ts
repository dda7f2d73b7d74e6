import type { Page } from '@playwright/test';
import { domCounters, heldBy, recordHeld, type Recorder } from './leftovers.js';
import { expect, setup, test } from './loader-fixtures.js';
import type { HostPage } from './loader-site.js';

const times = 100;

/** Opened, and taken away at whatever it has come to; the first tenth of the times it is connected. */
type Rounds = (page: Page, rounds: number, workspace: string) => Promise<void>;

const byScript: Rounds = (page, rounds) =>
  page.evaluate(async (rounds) => {
    const { ConvKit } = window as unknown as { ConvKit: (method: string) => void };
    const { held } = document as unknown as { held: Recorder };
    const until = async (met: () => unknown): Promise<void> => {
      while (!met()) await new Promise(requestAnimationFrame);
    };
    for (let round = 0; round < rounds; round++) {
      ConvKit('openChat');
      const host = document.querySelector('convkit-chat')?.shadowRoot;
      await until(() => host?.querySelector('chat-widget')?.shadowRoot?.querySelector('.panel'));
      if (round < rounds / 10) await until(() => held.connected() > 0);
      // Else it would open by itself, as on the visitor's next page.
      sessionStorage.clear();
      ConvKit('restart');
    }
  }, rounds);

const byElement: Rounds = (page, rounds, workspace) =>
  page.evaluate(
    async ({ rounds, workspace }) => {
      const { held } = document as unknown as { held: Recorder };
      const until = async (met: () => unknown): Promise<void> => {
        while (!met()) await new Promise(requestAnimationFrame);
      };
      await customElements.whenDefined('chat-widget');
      for (let round = 0; round < rounds; round++) {
        const widget = document.createElement('chat-widget');
        for (const name of ['open', 'consent']) widget.toggleAttribute(name, true);
        widget.setAttribute('workspace', workspace);
        document.body.append(widget);
        await until(() => widget.shadowRoot?.querySelector('.panel'));
        if (round < rounds / 10) await until(() => held.connected() > 0);
        widget.remove();
      }
    },
    { rounds, workspace },
  );

const ways: { by: string; mount: Rounds; host: (chat: string) => HostPage }[] = [
  { by: 'the script API', mount: byScript, host: () => ({ before: setup({ consent: true }) }) },
  {
    by: 'adding and removing the element',
    mount: byElement,
    host: (chat) => ({
      before: setup({}),
      script: `<script nonce="n" type="module" src="${chat}/v1/widget.js"></script>`,
    }),
  },
];

for (const { by, mount, host } of ways) {
  test(`mounted and destroyed ${String(times)} times by ${by} leaves nothing behind`, async ({
    site,
    page,
    chat,
  }) => {
    test.setTimeout(120_000);
    await recordHeld(page);
    await site.visit(page, { ...host(site.chat), script: '<template></template>' });
    const bare = await heldBy(page);
    expect(bare).toMatchObject({ listeners: {}, timers: [], globals: ['ConvKitSetup'] });

    await site.visit(page, host(site.chat));
    // What the modules themselves make once is there after the first rounds.
    await mount(page, 10, site.workspace);
    const session = await page.context().newCDPSession(page);
    const before = await domCounters(session);
    await mount(page, times, site.workspace);
    if (mount === byScript) {
      expect((await heldBy(page)).globals).toEqual(['ConvKitSetup', 'ConvKit']);
      await chat.call('kill');
    }
    // What was under way waits ten seconds for its answer.
    await expect.poll(() => heldBy(page), { timeout: 15_000 }).toEqual(bare);
    // Even one node or listener of each would be a hundred.
    await expect
      .poll(async () => {
        const { nodes, jsEventListeners } = await domCounters(session);
        return Math.max(nodes - before.nodes, jsEventListeners - before.jsEventListeners);
      })
      .toBeLessThan(times);
  });
}
