import type { Locator, Page } from '@playwright/test';

/** A visitor in the shop. */
export class Shop {
  readonly page: Page;
  readonly #origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: /^Open chat/ });
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  get log(): Locator {
    return this.page.locator('chat-widget').getByRole('log');
  }

  get consent(): Locator {
    return this.page.getByRole('switch', { name: 'Allow chat to remember me' });
  }

  async visit(path = '/'): Promise<void> {
    await this.page.goto(this.#origin + path);
  }

  async openChat(): Promise<void> {
    await this.launcher.click();
    await this.field.waitFor();
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }
}
