import { createDefaultClient } from '../elements/chat-widget/default-client.js';
import type { ChatWidget } from '../elements/chat-widget/chat-widget.js';
import { inLanguage } from '../domain/index.js';
import { localizerFor, onStrings } from '../i18n/index.js';
import { en } from '../i18n/locales/en.js';
import type { AttachedChat, CommandsModule, LoadedPage } from './loaded-page.js';
import type { ChatOptions, Phrases } from './options.js';

/** Puts the widget beside the loader's button, and tells the loader what it learns live. */
export function attach(page: LoadedPage): AttachedChat {
  const { server, workspace, options, root, signal } = page;
  const client = createDefaultClient({ server, workspace, storage: options.storage });
  const element = document.createElement('chat-widget');
  const framed = options.mode === 'frame';
  let phrases: ChatOptions['locale'];
  // Asked for after the page was come to: how long after, nobody wrote down.
  if (page.config) client.configured(page.config, performance.timeOrigin);
  Object.assign(element, { client, server, workspace });

  const language = (): string =>
    options.language || document.documentElement.lang || navigator.language;

  function configure(): void {
    const { locale, colors, identity, visitorId } = options;
    if (locale !== phrases) {
      phrases = locale;
      if (typeof locale === 'object') void speak(locale, language());
    }
    for (const [name, value] of Object.entries(attributesOf(options))) {
      if (value == null || value === false) element.removeAttribute(name);
      else element.setAttribute(name, String(value));
    }
    Object.assign(element, {
      colors,
      identity: identity ?? (visitorId ? { visitorId } : undefined),
    });
    // The panel lies beside the button where there is one.
    const { offsetWidth, offsetHeight } = root.querySelector('button') ?? element;
    const size = Math.min(offsetWidth, offsetHeight);
    element.style.setProperty('--conv-launcher-size', `${size}px`);
    // Units of the window do not grow with a page that zooms itself.
    const { currentCSSZoom = 1 } = document.documentElement;
    element.style.setProperty('--_zoom', `${currentCSSZoom}`);
  }

  /** What the loader draws: as it is now, named in the language of now. */
  function tell(): void {
    const { config, open } = page;
    const { settings, unread } = config ?? {};
    const words = localizerFor(language(), en);
    const own = inLanguage(settings?.texts ?? {}, language())?.button;
    if (!open && own) delete page.name;
    else {
      page.name = open
        ? words.term('chat.close')
        : unread
          ? words.term('chat.openUnread', unread)
          : words.term('chat.open');
    }
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
  const atEnd = (act: () => unknown): void => signal.addEventListener('abort', act);
  for (const store of [client.$settings, client.$availability, client.$unread]) {
    atEnd(store.listen(learn));
  }
  atEnd(onStrings(tell));
  atEnd(() => {
    element.remove();
    client.dispose();
  });
  configure();

  for (const type of ['chat-opened', 'chat-closed']) {
    const toggled = (): void => {
      page.open = element.open;
      tell();
      // Focus that went with the panel goes back to what opened it.
      const { activeElement } = document;
      const lost = activeElement === document.body || activeElement === root.host;
      if (!element.open && lost) page.opener.focus();
    };
    element.addEventListener(type, toggled, { signal });
  }

  const target = framed ? targetOf(options.injectTo) : root;
  if (!target) page.warn('inject_target_missing');
  if (framed) element.open = true;
  target?.append(element);
  page.open = element.open;
  const chat: AttachedChat = {
    element,
    client,
    configure,
    open: () => element.openChat(),
    close: () => element.closeChat(),
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
async function speak(own: Phrases, language: string): Promise<void> {
  (await import('./phrases.js')).registerPhrases(own, language);
}

/** Whether the page says or hears anything that the commands are for. */
const isWatched = (options: ChatOptions): boolean =>
  Object.keys(options).some((name) => /^(?:on|ga|gr)/.test(name)) ||
  ['ga', 'dataLayer', 'ConvKitIntegration', 'BrevoConversationsIntegration'].some(
    (name) => name in window,
  );

function attributesOf(options: ChatOptions): Record<string, unknown> {
  const framed = options.mode === 'frame';
  return {
    launcher: 'none',
    layout: framed ? 'inline' : 'floating',
    hidden: framed && options.startHidden,
    position: options.buttonPosition,
    locale: options.language,
    'button-style': options.buttonStyle,
    'button-size': options.buttonSize,
    'chat-width': options.chatWidth,
    'chat-height': options.chatHeight,
    storage: options.storage,
    consent: options.consent,
  };
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
