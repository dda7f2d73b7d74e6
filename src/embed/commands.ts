import type { PageData } from '../store/contact-data.js';
import { tellAnalytics } from './analytics.js';
import type { AttachedChat, LoadedPage } from './loaded-page.js';
import type { GivenIdentity } from './options.js';

/** What the element can do besides being shown. */
interface Acts {
  showMessage(text: string): void;
  setGroup(id: string | null): void;
  restart(): void;
  logout(): void;
}

type Act = (chat: AttachedChat & { element: Acts }, value: unknown, page: LoadedPage) => unknown;

/** For these the widget is loaded at once. */
const urgent: Record<string, Act> = {
  sendAutoMessage: ({ element }, value) =>
    element.showMessage(typeof value === 'string' ? value : String(Object(value).text)),
  restartConversation: ({ element }) => element.restart(),
  logout: ({ element }) => element.logout(),
};

/** These wait until something else needs it. */
const patient: Record<string, Act> = {
  minimizeWidget: (chat) => chat.close(),
  closeChat: (chat) => chat.close(),
  pageView: ({ client }, value) =>
    client.pageView({
      url: location.href,
      title: document.title,
      language: navigator.language,
      ...(typeof value === 'string'
        ? { url: new URL(value, location.href).href }
        : (value as object | undefined)),
    }),
  setIntegrationData: ({ client }, value) => client.setContactData((value ?? {}) as PageData),
  updateIntegrationData: ({ client }, value) => client.updateContactData((value ?? {}) as PageData),
};

const begun = new WeakSet<object>();
const watching = new WeakSet<object>();

/** Obeys what waits in `calls`, and minds what the options ask for. */
export async function obey(page: LoadedPage): Promise<void> {
  const { calls } = page;
  const held: (typeof calls)[number][] = [];
  for (const call of calls.splice(0)) {
    const [name, value] = call;
    const method = String(name);
    const act = urgent[method] ?? patient[method];
    if (!act) option(page, method, value, call.length > 1);
    else if (page.chat ?? urgent[method]) {
      await act((await page.load()) as AttachedChat & { element: Acts }, value, page);
    } else held.push(call);
  }
  calls.unshift(...held);
  const { chat } = page;
  if (chat && !begun.has(chat)) {
    begun.add(chat);
    begin(page, chat as AttachedChat & { element: Acts });
  }
  if (!chat && !watching.has(page) && page.config?.settings.targeted.length) {
    watching.add(page);
    const { watchTargets } = await import('./target-watch.js');
    watchTargets(page);
  }
  if (due(page)) await page.load();
}

function due({ options, config }: LoadedPage): unknown {
  return options.identity ?? (options.consent && config?.settings.tracking === 'consent');
}

/** Methods that change an option: `setZIndex` is option `zIndex`, `resetColors` forgets `colors`. */
function option(page: LoadedPage, method: string, value: unknown, given: boolean): void {
  const { options } = page;
  const [, reset, name] = /^(re)?set([A-Z]\w+)$/.exec(method) ?? [];
  if (method === 'consent') options.consent = !given || value === true;
  else if (method === 'identify') options.identity = value as GivenIdentity;
  else if (method === 'setLocale' && typeof value === 'string') options.language = value;
  else if (reset && name) Reflect.deleteProperty(options, keyOf(name));
  else if (name) options[keyOf(name)] = value;
  else return page.warn('unknown_method', method);
  page.show();
  const { chat } = page;
  if (chat && method === 'setGroupId') {
    (chat.element as unknown as Acts).setGroup(value === null ? null : String(value));
  }
}

const keyOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** What a new widget is told of the page's options. */
function begin(page: LoadedPage, chat: AttachedChat & { element: Acts }): void {
  const { options } = page;
  const set = window as unknown as Record<string, PageData | undefined>;
  const known = set['ConvKitIntegration'] ?? set['BrevoConversationsIntegration'];
  if (known) chat.client.setContactData(known);
  if (options.groupId) chat.element.setGroup(options.groupId);
  tellAnalytics(page, chat);
}
