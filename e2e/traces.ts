import type { BrowserContext, Page, Request } from '@playwright/test';

/** All that the page's origin keeps in this browser, names with their values; cookies of any origin. */
export async function traces(page: Page): Promise<string[]> {
  const kept = await page.evaluate(async () => {
    const entries = (storage: Storage): string[] =>
      Object.entries(storage).map(([key, value]) => `${key} = ${String(value)}`);
    const workers = await navigator.serviceWorker.getRegistrations();
    return [
      ...entries(localStorage),
      ...entries(sessionStorage),
      ...(await indexedDB.databases()).map(({ name }) => `database ${name ?? ''}`),
      ...(await caches.keys()).map((name) => `cache ${name}`),
      ...workers.map(({ scope }) => `worker ${scope}`),
      ...(window.name === '' ? [] : [`window.name ${window.name}`]),
    ];
  });
  const cookies = await page.context().cookies();
  return [...kept, ...cookies.map(({ name, value }) => `cookie ${name} = ${value}`)];
}

/** Everything that the pages of a context send and open from now on. */
export class Traffic {
  readonly #requests: Request[] = [];
  /** Addresses of WebSockets that were opened. */
  readonly sockets: string[] = [];
  /** Frames that were sent on them. */
  readonly frames: string[] = [];
  /** WebSockets that are open now. */
  open = 0;

  constructor(context: BrowserContext) {
    context.on('request', (request) => this.#requests.push(request));
    context.on('page', (page) => this.#watch(page));
    context.pages().forEach((page) => this.#watch(page));
  }

  /** `GET /v1/config` and the like, without what the pages themselves consist of. */
  asked(origin: string): string[] {
    return this.#requests
      .filter((request) => request.url().startsWith(`${origin}/v1/`))
      .map((request) => `${request.method()} ${request.url().slice(origin.length)}`);
  }

  /** All that went to an origin, headers and bodies included. */
  async sent(origin: string): Promise<string> {
    const all = this.#requests.filter((request) => request.url().startsWith(origin));
    const texts = all.map(async (request) => {
      const headers = Object.entries(await request.allHeaders());
      const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
      return `${request.method()} ${request.url()}\n${lines}\n\n${request.postData() ?? ''}`;
    });
    return (await Promise.all(texts)).join('\n\n');
  }

  #watch(page: Page): void {
    page.on('websocket', (socket) => {
      this.sockets.push(socket.url());
      this.open++;
      socket.on('framesent', ({ payload }) => this.frames.push(String(payload)));
      socket.on('close', () => this.open--);
    });
  }
}
