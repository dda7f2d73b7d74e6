import { expect, type Locator, type Page } from '@playwright/test';

/** An agent in the inbox. */
export class Inbox {
  readonly page: Page;
  readonly #origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  async visit(): Promise<void> {
    await this.page.goto(`${this.#origin}/inbox`);
    await this.page.locator('conv-inbox').waitFor();
  }

  /** Through the banner that asks who came by a link for a name and a password. */
  async saveProfile(profile: { name: string; email: string; password: string }): Promise<void> {
    const inbox = this.page.locator('conv-inbox');
    await inbox.getByRole('button', { name: 'Choose now' }).click();
    await inbox.getByRole('textbox', { name: 'Name' }).fill(profile.name);
    await inbox.getByRole('textbox', { name: 'Email' }).fill(profile.email);
    await inbox.locator('input[name=password]').fill(profile.password);
    await inbox.getByRole('button', { name: 'Save' }).click();
    await expect(inbox.getByText(/^Saved/)).toBeVisible();
  }

  view(name: 'My messages' | 'Unassigned' | 'All messages'): Locator {
    return this.page.locator('conv-nav').getByRole('link', { name: new RegExp(`^${name}`) });
  }

  get cards(): Locator {
    return this.page.locator('conv-list').getByRole('listitem');
  }

  card(text: string): Locator {
    return this.cards.filter({ hasText: text });
  }

  async open(text: string): Promise<void> {
    await this.card(text).getByRole('button').first().click();
    await this.log.waitFor();
  }

  dot(card: Locator): Locator {
    return card.locator('conv-dot');
  }

  get log(): Locator {
    return this.page.locator('conv-thread').getByRole('region', { name: 'Messages' });
  }

  /** Edits the contact in place. */
  async rename(name: string, email: string): Promise<void> {
    const contact = this.page.locator('conv-contact');
    for (const [field, value] of Object.entries({ Name: name, Email: email })) {
      await contact.getByRole('button', { name: new RegExp(`^(?:Add|Edit) ${field}`) }).click();
      const input = contact.getByRole('textbox', { name: field });
      await input.fill(value);
      await input.press('Enter');
      await expect(contact.getByRole('button', { name: `Edit ${field}: ${value}` })).toBeVisible();
    }
  }

  async reply(text: string): Promise<void> {
    await this.#write('Reply', text);
  }

  async comment(text: string): Promise<void> {
    await this.#write('Comment', text);
  }

  /** The agent's picture, which opens the menu. */
  get status(): Locator {
    return this.page.locator('conv-agent-status').getByRole('button').first();
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Email' }).fill(email);
    await this.page.locator('input[name=password]').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async signOut(): Promise<void> {
    await this.status.click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
  }

  /** How many conversations wait, as the title says. */
  async waiting(): Promise<number> {
    return Number(/^\((\d+)\+?\)/.exec(await this.page.title())?.[1] ?? 0);
  }

  async setStatus(status: 'Online' | 'Offline' | 'Invisible'): Promise<void> {
    await this.status.click();
    await this.page.getByRole('menuitemradio', { name: status }).click();
    await expect(this.page.getByRole('menuitemradio', { name: status })).toBeHidden();
  }

  async #write(kind: 'Reply' | 'Comment', text: string): Promise<void> {
    await this.page.getByRole('tab', { name: kind }).click();
    const field = this.page.getByRole('textbox', { name: kind });
    await field.fill(text);
    await field.press('Enter');
    await expect(field).toHaveValue('');
  }
}
