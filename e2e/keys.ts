import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

/** What needs more presses is not reachable. */
const mostPresses = 90;
/** The target may be another one by then. */
const pressesPerLook = 10;

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
    const find = async () => {
      await target.waitFor({ state: 'attached' });
      return target.elementHandles();
    };
    // By role and name now and then, not at each press: that reads the whole page.
    let found = await find();
    for (let presses = 0; presses <= mostPresses; presses++) {
      if (presses % pressesPerLook === pressesPerLook - 1) found = await find();
      const focus = await this.page.evaluate(focusAmong, found);
      if (focus === 'there') return;
      if (focus === 'gone') found = await find();
      else await this.page.keyboard.press(key);
    }
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

/** Whether one of these has the focus; `gone` when the page has others in their place by now. */
function focusAmong(found: readonly Node[]): 'there' | 'elsewhere' | 'gone' {
  if (found.some((node) => node instanceof Element && node.matches(':focus'))) return 'there';
  return found.length > 0 && found.every(({ isConnected }) => isConnected) ? 'elsewhere' : 'gone';
}
