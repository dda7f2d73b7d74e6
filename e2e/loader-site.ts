import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Locator, Page } from '@playwright/test';

/** What a page on somebody else's site is made of. */
export interface HostPage {
  /** Of the root element; `lang="en"` by default. */
  attributes?: string;
  /** A style sheet of the page's own. */
  style?: string;
  /** Run before the script, such as `window.ConvKitSetup = {…}`. */
  before?: string;
  body?: string;
  /** Instead of the one tag. */
  script?: string;
  /** Instead of what it says of Trusted Types in its policy. */
  policy?: string;
  /** Where the page takes scripts from, besides those with its nonce. */
  scripts?: string;
  /** As most sites are: without any policy. */
  lax?: boolean;
}

/** Somebody else's site: another origin, under exactly the policy of docs/guides/csp.md and a nonce. */
export class LoaderSite {
  readonly origin: string;
  readonly chat: string;
  readonly workspace: string;
  readonly #pages: Map<string, { html: string; policy: string }>;

  private constructor(
    options: Pick<LoaderSite, 'origin' | 'chat' | 'workspace'>,
    pages: Map<string, { html: string; policy: string }>,
  ) {
    this.origin = options.origin;
    this.chat = options.chat;
    this.workspace = options.workspace;
    this.#pages = pages;
  }

  static async start(chat: string): Promise<LoaderSite> {
    const home = await (await fetch(chat)).text();
    const workspace = /ws_[\w-]+/.exec(home)?.[0] ?? '';
    const pages = new Map<string, { html: string; policy: string }>();
    const http = createServer((request, response) => {
      const page = pages.get(new URL(request.url ?? '/', 'http://host').pathname);
      if (!page) return void response.writeHead(204).end();
      if (page.policy) response.setHeader('content-security-policy', page.policy);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page.html);
    }).listen(0, 'localhost');
    await once(http, 'listening');
    // It is there as long as the tests are.
    http.unref();
    const { port } = http.address() as AddressInfo;
    const origin = `http://localhost:${String(port)}`;
    return new LoaderSite({ origin, chat, workspace }, pages);
  }

  get tag(): string {
    return `<script nonce="n" async src="${this.chat}/v1/loader.js" data-workspace="${this.workspace}"></script>`;
  }

  /** Opens a page of the site. */
  async visit(page: Page, content: HostPage = {}): Promise<void> {
    await page.goto(this.origin + this.put(content));
  }

  /** Adds a page to the site; returns its path. */
  put({ attributes = 'lang="en"', style, before = '', body = '', ...rest }: HostPage): string {
    const path = `/${String(this.#pages.size)}`;
    const { chat } = this;
    const { script = this.tag, lax = false } = rest;
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-n' ${rest.scripts ?? ''}`,
      `connect-src ${chat} ${chat.replace(/^http/, 'ws')}`,
      `img-src ${chat}`,
      `media-src ${chat}`,
      `style-src ${style === undefined ? "'none'" : "'nonce-n'"}`,
      rest.policy ??
        "trusted-types lit-html dompurify 'allow-duplicates'; require-trusted-types-for 'script'",
    ].join('; ');
    const sheet = style === undefined ? '' : `<style nonce="n">${style}</style>`;
    this.#pages.set(path, {
      policy: lax ? '' : policy,
      html: `<!doctype html><html ${attributes}><title>Host</title>${sheet}
        <script nonce="n">${before}</script>${script}
        <body><h1>Host</h1>${body}</body></html>`,
    });
    return path;
  }
}

/** The chat on a host's page, as a visitor meets it. */
export class HostedChat {
  readonly page: Page;
  readonly #global: string;

  /** `global` is the one name that the script answers to there. */
  constructor(page: Page, global = 'ConvKit') {
    this.page = page;
    this.#global = global;
  }

  get host(): Locator {
    return this.page.locator('convkit-chat');
  }

  get launcher(): Locator {
    return this.host.locator('button').first();
  }

  get widget(): Locator {
    return this.page.locator('chat-widget');
  }

  get panel(): Locator {
    return this.page.getByRole('dialog', { name: 'Chat' });
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  /** Opens the panel by the button. */
  async open(): Promise<void> {
    await this.launcher.click();
    await this.panel.waitFor();
  }

  /** Writes what the server then has. */
  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
    await this.widget.getByText(/^Sent|^Seen/).waitFor();
  }

  /** Calls a method of the script API. */
  async call(...made: unknown[]): Promise<void> {
    await this.page.evaluate(
      ([global, call]) => {
        (window as unknown as Record<string, (...call: unknown[]) => void>)[global]?.(...call);
      },
      [this.#global, made] as const,
    );
  }
}

/** What a page must never be made to suffer. */
export async function recordTrouble(context: BrowserContext): Promise<string[]> {
  const trouble: string[] = [];
  await context.exposeBinding('recordTrouble', (_source, text: string) => trouble.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const page = window as unknown as { recordTrouble: (text: string) => void };
      page.recordTrouble(`${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('page', (page) => {
    page.on('pageerror', (error) => trouble.push(error.message));
  });
  return trouble;
}
