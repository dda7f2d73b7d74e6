import { createLauncher } from './launcher.js';
import { openingWords } from './launcher-words.js';
import type {
  AttachedChat,
  CommandsModule,
  LoadedConfig,
  LoadedPage,
  WidgetModule,
} from './loaded-page.js';

export interface PageChat {
  run(call: readonly unknown[]): void;
  /** Takes away every node, listener and connection. */
  end(): void;
}

const hash = /^#(convkit-open|brevoConversationsExpanded)$/;

/** One chat on a page: its button, and the widget once it is needed. */
export function createPageChat({
  server,
  workspace,
  options,
  warn,
}: Pick<LoadedPage, 'server' | 'workspace' | 'options' | 'warn'>): PageChat {
  const life = new AbortController();
  const { signal } = life;
  const [host, root, button, draw] = createLauncher();
  const { documentElement } = document;
  const calls: (readonly unknown[])[] = [];
  const page: LoadedPage = {
    server,
    workspace,
    options,
    root,
    signal,
    calls,
    opener: button,
    show,
    load,
    warn,
  };
  let asking: Promise<void> | undefined;
  let loading: Promise<AttachedChat> | undefined;
  let widget = 'widget.js';

  /** Nothing of ours ever reaches the page's own error handlers. */
  async function guard(act: () => unknown): Promise<void> {
    try {
      await act();
    } catch (cause) {
      if (!signal.aborted) warn('failed', cause);
    }
  }

  const listen = (target: EventTarget, type: string, act: (event: Event) => unknown): void =>
    target.addEventListener(type, (event) => void guard(() => act(event)), { signal });

  function show(): void {
    const { config, open = false, chat, name } = page;
    const language = options.language || documentElement.lang || navigator.language;
    const base = language.replace(/-.*/, '');
    host.hidden = !!options.startHidden;
    host.style.setProperty('--conv-z-index', `${options.zIndex ?? ''}`);
    button.ariaBusy = `${open && !chat}`;
    if (config) {
      const { settings, availability, unread } = config;
      const { look, texts } = settings;
      const words = (texts[language] ?? texts[base])?.button ?? openingWords(language, base);
      button.hidden =
        !!options.customWidgetButton ||
        options.mode === 'frame' ||
        (!open && availability.mode === 'hidden');
      draw(
        {
          ...look,
          ...options,
          position: options.buttonPosition ?? look.position,
          colors: { ...look.colors, ...options.colors },
        },
        open,
        unread ?? 0,
        // The number alone, until the widget comes with more words than English ones.
        name ?? words + (unread ? `, ${unread}${base === 'en' ? ' unread' : ''}` : ''),
        words,
      );
    }
    chat?.configure();
  }

  /** Asks what the workspace says: of a visitor who is known here, with what is unread. */
  async function ask(): Promise<void> {
    const { storage = 'local' } = options;
    const visitorToken = JSON.parse(stored(`${storage}Storage`, `convkit/visitor/${workspace}`));
    const response = await fetch(
      `${server}/v1/${visitorToken ? 'visitor/returning' : `config?workspace=${workspace}`}`,
      {
        ...(visitorToken && {
          method: 'POST',
          body: JSON.stringify({ workspaceId: workspace, visitorToken }),
        }),
        signal,
      },
    );
    const answer = (await response.json()) as LoadedConfig & { code: string };
    // No button where the server does not know the site, or cannot be reached.
    if (response.ok) page.config = answer;
    else warn(answer.code);
  }

  /** Modules beside the loader, by the same way as it came itself. */
  const get = (file: string): Promise<unknown> => import(/* @vite-ignore */ `${server}/v1/${file}`);
  const preload = (): Promise<unknown> =>
    get(widget).catch((cause: unknown) => {
      // Browsers never ask again for a module that did not come.
      widget += '?';
      throw cause;
    });
  const asked = (): Promise<void> => (asking ??= guard(ask));

  function load(): Promise<AttachedChat> {
    loading ??= Promise.all([preload() as Promise<WidgetModule>, asked()]).then(([{ attach }]) => {
      signal.throwIfAborted();
      return (page.chat = attach(page));
    });
    loading.catch(() => {
      page.open = false;
      loading = undefined;
      show();
    });
    return loading;
  }

  async function open(): Promise<void> {
    options.startHidden = false;
    page.open = true;
    show();
    (await load()).open();
  }

  const toggle = (by: HTMLElement): unknown => {
    page.opener = by;
    return page.open ? page.chat?.close() : open();
  };

  const follow = (link: { hash: string } | null): unknown =>
    link && !options.disableChatOpenHash && hash.test(link.hash) && open();

  const obey = async (): Promise<void> => {
    const commands = (await get('commands.js')) as CommandsModule;
    if (!signal.aborted) await commands.obey(page);
  };

  async function begin(): Promise<void> {
    await asked();
    signal.throwIfAborted();
    if (!page.config) {
      asking = undefined;
      // Once more when the page has been there for twice the time.
      setTimeout(start, performance.now());
      return;
    }
    show();
    options.onRendered?.();
    const { tracking, targeted } = page.config.settings;
    if (
      options.mode === 'frame' ||
      options.identity ||
      options.visitorId ||
      tracking === 'always' ||
      (options.consent && tracking === 'consent') ||
      stored('sessionStorage', `convkit/tab/${workspace}/panel`) !== 'null'
    ) {
      await load();
    }
    if (calls[0] || targeted[0]) await obey();
  }

  const start = (): Promise<void> => guard(begin);

  function end(): void {
    life.abort();
    host.remove();
  }

  const mobile = /Mobi|Android/.test(navigator.userAgent);
  if (mobile ? !options.disabledOnMobile : !options.mobileOnly) {
    documentElement.append(host);
    button.hidden = true;
    listen(button, 'click', () => toggle(button));
    // It is there by the click.
    listen(button, 'pointerenter', preload);
    listen(button, 'focus', preload);
    listen(document, 'click', (event) => {
      const target = event.composedPath()[0] as Element;
      const { customWidgetButton: selector } = options;
      const own = selector && target.closest<HTMLElement>(selector);
      // A link that was followed before changes nothing in the address.
      if (!own) return follow(target.closest('a'));
      event.preventDefault();
      return toggle(own);
    });
    listen(window, 'hashchange', () => follow(location));
    void guard(() => follow(location));
    // Safari has no other way to tell that the page has nothing to do.
    const idle = (): unknown => (window.requestIdleCallback ?? setTimeout)(start);
    if (document.readyState === 'complete') idle();
    else listen(window, 'load', idle);
  }

  return {
    run: (call) =>
      void guard(() => {
        const [method] = call;
        if (method === 'openChat' || method === 'expandWidget') return open();
        if (method === 'hide' || method === 'show') {
          options.startHidden = method === 'hide';
          return show();
        }
        calls.push(call);
        return asking && obey();
      }),
    end,
  };
}

/** Sandboxed frames throw on the mere mention of a storage. */
function stored(area: string, key: string): string {
  try {
    return (window as unknown as Record<string, Storage>)[area]?.getItem(key) ?? 'null';
  } catch {
    return 'null';
  }
}
