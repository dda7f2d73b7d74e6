import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient, Notice } from '../../store/agent-client.js';

type Host = ReactiveControllerHost & { readonly isConnected: boolean };

interface NoticeParts {
  client(): AgentClient | undefined;
  localizer(): Localizer<InboxStrings>;
  /** The person chose the notification. */
  open(conversationId: string): void;
}

/** Shows what the client tells of as desktop notifications, while nobody looks at this page (S3.36). */
export class DesktopNotices implements ReactiveController {
  #host: Host;
  #parts: NoticeParts;
  #client: AgentClient | undefined;
  #stop: (() => void) | undefined;
  #shown = new Map<string, Notification>();

  constructor(host: Host, parts: NoticeParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('focus', this.#onFocus);
  }

  hostUpdated(): void {
    this.#follow(this.#host.isConnected ? this.#parts.client() : undefined);
  }

  hostDisconnected(): void {
    removeEventListener('focus', this.#onFocus);
    this.#follow(undefined);
    this.#closeAll();
  }

  #follow(client: AgentClient | undefined): void {
    if (client === this.#client) return;
    this.#stop?.();
    this.#client = client;
    this.#stop = client?.onNotice((notice) => this.#show(notice));
  }

  #show({ kind, conversation }: Notice): void {
    if (document.hasFocus()) return;
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    const l = this.#parts.localizer();
    const { id, contact, lastMessage } = conversation;
    const name = contact.name ?? contact.email ?? l.term('contact.visitor');
    try {
      const notification = new Notification(l.term(`notice.${kind}`, name), {
        // The next one of a conversation takes its place.
        tag: id,
        body: lastMessage?.excerpt ?? '',
        dir: 'auto',
        silent: true,
      });
      notification.onclick = () => {
        window.focus();
        this.#parts.open(id);
        notification.close();
      };
      this.#shown.set(id, notification);
    } catch {
      // Some phones show them from a service worker only.
    }
  }

  /** Who is here has seen them. */
  readonly #onFocus = (): void => this.#closeAll();

  #closeAll(): void {
    for (const notification of this.#shown.values()) notification.close();
    this.#shown.clear();
  }
}
