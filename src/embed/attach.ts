import { createDefaultClient } from '../elements/chat-widget/default-client.js';
import type { ChatWidget } from '../elements/chat-widget/chat-widget.js';
import { inLanguage, type Availability, type WidgetSettings } from '../domain/index.js';
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
  const client = createDefaultClient({ server, workspace });
  const { configured } = client as { configured?(config: PublicConfig): void };
  const element = document.createElement('chat-widget');
  const stops: (() => void)[] = [];
  const { config } = page;
  if (config) configured?.(config);
  element.client = client;
  element.server = server;
  element.workspace = workspace;
  let phrases: ChatOptions['locale'];

  function configure(): void {
    if (options.locale !== phrases) {
      phrases = options.locale;
      void speak(options);
    }
    for (const [name, value] of Object.entries(attributesOf(options))) {
      if (value == null || value === false) element.removeAttribute(name);
      else element.setAttribute(name, value === true ? '' : String(value));
    }
    Object.assign(element, { colors: options.colors, identity: identityOf(options) });
    // The panel lies beside the button, whoever draws that.
    (root.host as HTMLElement).style.setProperty('--conv-launcher-size', `${buttonSize()}px`);
  }

  function buttonSize(): number {
    const look = page.config?.settings.look;
    if (options.customWidgetButton) return 0;
    if ((options.buttonStyle ?? look?.buttonStyle) === 'tab') return 44;
    return options.buttonSize ?? look?.buttonSize ?? 56;
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

  function learn(settings: WidgetSettings | null, availability: Availability | null): void {
    if (!settings || !availability) return;
    const unread = client.$unread.get();
    page.config = { workspaceId: workspace, country: null, ...page.config, settings, availability };
    // Before the first join nothing is known of messages but what the loader asked.
    if (client.$connection.get().state === 'online') page.config.unread = unread;
    tell();
  }
  const relearn = (): void => learn(client.$settings.get(), client.$availability.get());
  for (const store of [client.$settings, client.$availability, client.$unread]) {
    stops.push(store.listen(relearn));
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
    relearn();
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

/** Whether anybody wants to hear what happens in the chat. */
function isWatched({ onNewMessage, onAnalyticEvent, disableGaTracking, ...rest }: ChatOptions) {
  const tracked = !disableGaTracking && ['gtag', 'ga', 'dataLayer'].some((name) => name in window);
  const given = 'ConvKitIntegration' in window || 'BrevoConversationsIntegration' in window;
  return onNewMessage || onAnalyticEvent || tracked || given || rest.groupId;
}

function attributesOf(options: ChatOptions): Record<string, unknown> {
  const framed = options.mode === 'frame';
  return {
    launcher: 'none',
    layout: framed ? 'inline' : null,
    hidden: framed && options.startHidden,
    position: options.buttonPosition,
    'button-style': options.buttonStyle,
    'button-size': options.buttonSize,
    'chat-width': options.chatWidth,
    'chat-height': options.chatHeight,
    locale: options.language,
    storage: options.storage,
    consent: options.consent,
  };
}

function identityOf({ identity, visitorId }: ChatOptions): ChatOptions['identity'] {
  return identity ?? (visitorId ? { visitorId } : undefined);
}

/** The first on the page of what a frame may go into. */
function targetOf(wanted: ChatOptions['injectTo']): Element | null {
  for (const one of [wanted].flat()) {
    const found = typeof one === 'string' ? document.getElementById(one) : one;
    if (found instanceof Element && found.isConnected) return found;
  }
  return null;
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-widget': ChatWidget;
  }
}
