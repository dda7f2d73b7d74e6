import type { Page } from '@playwright/test';

/** Once nothing on the page is on its way to somewhere else, in any shadow root. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const within = (root: Document | ShadowRoot): Animation[] => [
      ...root.getAnimations(),
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
        shadowRoot ? within(shadowRoot) : [],
      ),
    ];
    const moving = (): Animation[] =>
      within(document).filter(({ effect, playState }) => {
        return playState === 'running' && effect?.getTiming().iterations !== Infinity;
      });
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      // What has just been shown begins to move with the next frame.
      await new Promise(requestAnimationFrame);
    } while (moving().length > 0);
  });
}
