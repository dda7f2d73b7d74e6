import { createDefaultClient } from '../elements/chat-widget/default-client.js';
import type { ChatWidget } from '../elements/chat-widget/chat-widget.js';
import { inLanguage } from '../domain/index.js';
import { localizerFor, onStrings } from '../i18n/index.js';
import { en } from '../i18n/locales/en.js';
import type { PublicConfig } from '../protocol/index.js';
import type { AttachedChat, CommandsModule, LoadedPage } from './loaded-page.js';
import type { ChatOptions } from './options.js';

const placeInRoot = `
chat-widget{inline-size:var(--conv-launcher-size);block-size:var(--conv-launcher-size);pointer-events:none}
chat-widget::part(panel),chat-widget::part(teaser){pointer-events:auto}`;

/** Puts the widget beside the loader's button, and tells the loader what it learns live. */
export function attach(page: LoadedPage): AttachedChat {
  const { server, workspace, options, root, signal } = page;
  const client = createDefaultClient({ server, workspace, storage: options.storage });
  const { configured } = client as { configured?(config: PublicConfig, at: number): void };
  const element = document.createElement('chat-widget');
  const stops: (() => void)[] = [];
  const { config } = page;
  // Asked for after the page was come to: how long after, nobody wrote down.
  if (config) configured?.(config, performance.timeOrigin);
  element.client = client;
  element.server = server;
  element.workspace = workspace;
  let phrases: ChatOptions['locale'];

  function configure(): void {
    if (options.locale !== phrases) {
      phrases = options.locale;
      void speak(options);
    }
    for (const [name, value] of attributesOf(options)) {
      if (value == null || value === false) element.removeAttribute(name);
      else element.setAttribute(name, String(value));
    }
    Object.assign(element, { colors: options.colors, identity: identityOf(options) });
    // The panel lies beside the button where there is one.
    const { offsetWidth, offsetHeight } = root.querySelector('button') ?? element;
    const size = `${Math.min(offsetWidth, offsetHeight)}px`;
    element.style.setProperty('--conv-launcher-size', size);
  }

  /** What the loader draws: as it is now, named in the language of now. */
  function tell(): void {
    const language = options.language || document.documentElement.lang || navigator.language;
    const { settings, unread = 0 } = page.config ?? {};
    const words = localizerFor(language, en);
    const own = inLanguage(settings?.texts ?? {}, language)?.button;
    if (page.open) page.name = words.term('chat.close');
    else if (own) delete page.name;
    else page.name = unread ? words.term('chat.openUnread', unread) : words.term('chat.open');
    page.show();
  }

  function learn(): void {
    const settings = client.$settings.get();
    const availability = client.$availability.get();
    if (!settings || !availability) return;
    page.config = { workspaceId: workspace, country: null, ...page.config, settings, availability };
    // Before the first join nothing is known of messages but what the loader asked.
    if (client.$connection.get().state === 'online') page.config.unread = client.$unread.get();
    tell();
  }
  for (const store of [client.$settings, client.$availability, client.$unread]) {
    stops.push(store.listen(learn));
  }
  stops.push(onStrings(tell));
  configure();

  const toggled = (): void => {
    page.open = element.open;
    tell();
    // Focus that went with the panel goes back to what opened it.
    const { activeElement } = document;
    const lost = activeElement === document.body || activeElement === root.host;
    if (!element.open && lost) page.opener.focus();
  };
  element.addEventListener('chat-opened', toggled, { signal });
  element.addEventListener('chat-closed', toggled, { signal });

  signal.addEventListener('abort', () => {
    element.remove();
    client.dispose();
    for (const stop of stops) stop();
  });

  const target = options.mode === 'frame' ? targetOf(options.injectTo) : root;
  if (!target) page.warn('inject_target_missing');
  if (target === root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(placeInRoot);
    root.adoptedStyleSheets.push(sheet);
  }
  if (target !== root) element.open = true;
  target?.append(element);
  page.open = element.open;
  const chat: AttachedChat = {
    element,
    client,
    configure,
    open: () => void (element.open = true),
    close: () => void (element.open = false),
  };
  // After the loader has taken it.
  queueMicrotask(() => {
    learn();
    if (page.calls.length > 0 || isWatched(options)) void command(page);
  });
  return chat;
}

async function command(page: LoadedPage): Promise<void> {
  try {
    // The same one as the loader imports, which knows no hashed names.
    const { obey } = (await import(
      /* @vite-ignore */ `${page.server}/v1/commands.js`
    )) as CommandsModule;
    await obey(page);
  } catch (cause) {
    page.warn('failed', cause);
  }
}

/** Own words win over the kit's. */
async function speak({ locale, language }: ChatOptions): Promise<void> {
  if (typeof locale !== 'object') return;
  const { registerPhrases } = await import('./phrases.js');
  registerPhrases(locale, language || document.documentElement.lang || navigator.language);
}

/** Whether the page says or hears anything that the commands are for. */
const isWatched = (options: ChatOptions): boolean =>
  Object.keys(options).some((name) => /^(?:on|ga|gr)/.test(name)) ||
  ['ga', 'dataLayer', 'ConvKitIntegration', 'BrevoConversationsIntegration'].some(
    (name) => name in window,
  );

/** Options that are attributes of the same name. */
const plain = [
  'buttonStyle',
  'buttonSize',
  'chatWidth',
  'chatHeight',
  'storage',
  'consent',
] as const;

function attributesOf(options: ChatOptions): [string, unknown][] {
  const framed = options.mode === 'frame';
  return [
    ['launcher', 'none'],
    ['layout', framed ? 'inline' : 'floating'],
    ['hidden', framed && options.startHidden],
    ['position', options.buttonPosition],
    ['locale', options.language],
    ...plain.map((name): [string, unknown] => [
      name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`),
      options[name],
    ]),
  ];
}

function identityOf({ identity, visitorId }: ChatOptions): ChatOptions['identity'] {
  return identity ?? (visitorId ? { visitorId } : undefined);
}

/** The first on the page of what a frame may go into. */
const targetOf = (wanted: ChatOptions['injectTo']): Element | null | undefined =>
  [wanted]
    .flat()
    .map((one) => (typeof one === 'string' ? document.getElementById(one) : (one as Element)))
    .find((element) => element?.isConnected);

declare global {
  interface HTMLElementTagNameMap {
    'chat-widget': ChatWidget;
  }
}
