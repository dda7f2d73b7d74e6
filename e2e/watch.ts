import type { BrowserContext, Page } from '@playwright/test';

/** What must never happen in a browser of ours. */
export interface Incidents {
  /** Directive and what was blocked, as the browser reported it. */
  violations: string[];
  /** Requests to anywhere but the server. */
  foreign: string[];
  /** Addresses that carry more than an address should. */
  leaks: string[];
  /** Uncaught errors of scripts. */
  errors: string[];
  /** `alert` and its like. */
  dialogs: string[];
}

/** The socket's protocol version, and the public id of a workspace. */
const allowedQuery = /^(?:\?vsn=2\.0\.0|\?workspace=ws_[\w-]+)?$/;
/** Files are fetched by addresses that are signed for one person, for a while. */
const signed = /^\/v1\/files\/[^/]+\/(?:original|thumbnail)$/;

/** Records from now on what goes wrong in any page of the context. Call it before the first page. */
export async function watch(context: BrowserContext, origin: string): Promise<Incidents> {
  const incidents: Incidents = { violations: [], foreign: [], leaks: [], errors: [], dialogs: [] };
  await context.exposeBinding('recordViolation', (_source, violation: string) => {
    incidents.violations.push(violation);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { recordViolation } = window as unknown as {
        recordViolation: (violation: string) => void;
      };
      recordViolation(
        `${event.violatedDirective} ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${String(event.lineNumber)}`,
      );
    });
  });
  const host = new URL(origin).host;
  const look = (address: string): void => {
    const url = new URL(address);
    if (url.protocol === 'data:' || url.protocol === 'blob:' || url.protocol === 'about:') return;
    if (url.host !== host) incidents.foreign.push(address);
    const allowed = allowedQuery.test(url.search) || signed.test(url.pathname);
    if (!allowed || url.pathname.includes('eyJ')) {
      incidents.leaks.push(address);
    }
  };
  context.on('request', (request) => {
    look(request.url());
  });
  const watchPage = (page: Page): void => {
    page.on('websocket', (socket) => {
      look(socket.url());
    });
    page.on('pageerror', (error) => incidents.errors.push(error.stack ?? error.message));
    page.on('dialog', (dialog) => {
      incidents.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  };
  context.on('page', watchPage);
  context.pages().forEach(watchPage);
  return incidents;
}
