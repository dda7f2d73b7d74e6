import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

/** What needs more presses is not reachable. */
const mostPresses = 90;

/** Somebody who has a keyboard and nothing else. */
export class Keys {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** One act; the focus must be somewhere after it. */
  async act(name: string, body: () => Promise<void>): Promise<void> {
    await test.step(name, async () => {
      await body();
      await expect
        .poll(() => this.#focused(), `where the focus is after: ${name}`)
        .not.toBe('body');
    });
  }

  /** Presses Tab, or Shift+Tab, until the focus is on the target. */
  async to(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor({ state: 'attached' });
    for (let presses = 0; presses < mostPresses; presses++) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press(key);
    }
    if (await hasFocus(target)) return;
    throw new Error(`${key} does not reach ${target.toString()}`);
  }

  back(target: Locator): Promise<void> {
    return this.to(target, 'Shift+Tab');
  }

  /** Goes there and presses Enter. */
  async enter(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.to(target, key);
    await this.press('Enter');
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Name of the focused element, in whichever shadow root. */
  #focused(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.localName;
    });
  }
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluateAll((found) => found.some((element) => element.matches(':focus')));
}
