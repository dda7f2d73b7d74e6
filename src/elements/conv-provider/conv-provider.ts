import { ContextProvider } from '@lit/context';
import {
  css,
  html,
  LitElement,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property } from 'lit/decorators.js';
import {
  accountContext,
  agentClientContext,
  attachContextRoot,
  createSelection,
  localeContext,
  selectionContext,
} from '../../context/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { themeStyles, type Theme } from '../../tokens/index.js';
import type { Connection } from '../../transport/transport.js';
import { refreshStrings } from '../../i18n/index.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { warnOnce } from '../shared/warn-once.js';
import { createDefaultClient, type DefaultClient, type GetAgentToken } from './default-client.js';

/** The client follows from these. */
const sources = ['server', 'workspace', 'getToken', 'client'] as const;

/**
 * @summary Gives the agent's elements in it one client, one selection and one locale.
 *
 * Several providers on one page do not know of each other. It is no box of its own: what stands
 * in it is laid out as if it stood in its place.
 *
 * @slot - The agent's elements, at any depth.
 *
 * @event {CustomEvent<Connection>} conv-connection-changed - The connection has another state.
 * @event {CustomEvent<null>} conv-signed-out - The agent signed out; show a sign-in.
 */
@customElement('conv-provider')
export class ConvProvider extends LitElement {
  static override styles: CSSResultGroup = [
    themeStyles,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  #made: DefaultClient | undefined;
  #followed: AgentClient | undefined;
  #stopFollowing: (() => void) | undefined;
  #clients = new ContextProvider(this, { context: agentClientContext });
  #accounts = new ContextProvider(this, { context: accountContext });
  #locales = new ContextProvider(this, { context: localeContext });

  /** Origin of the server, such as `https://chat.example`; the page's own by default. */
  @property() server = '';

  /** Id of the workspace, such as `ws_…`. Without it (and without a client) nothing is shown. */
  @property() workspace = '';

  /** BCP 47 tag that the elements speak; the page's `lang` by default. */
  @property({ reflect: true }) locale: string | undefined;

  /** `light`, `dark`, or `auto` for what the person's system says. */
  @property({ reflect: true }) theme: Theme = 'auto';

  /**
   * Gives a token that the host application signed for the agent; asked before each connect.
   * Without it, the agent's session on the server counts.
   */
  @property({ attribute: false }) getToken: GetAgentToken | undefined;

  /** A client of the host's own making, in place of one for `server` and `workspace`. */
  @property({ attribute: false }) client: AgentClient | undefined;

  constructor() {
    super();
    attachContextRoot();
    new ContextProvider(this, { context: selectionContext, initialValue: createSelection() });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow(this.#followed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale')) {
      this.#locales.setValue(this.locale || undefined);
      refreshStrings();
    }
    if (sources.some((name) => changed.has(name))) this.#choose();
  }

  #choose(): void {
    this.#made?.client.disconnect();
    this.#made = this.client || !this.workspace ? undefined : this.#make();
    const client = this.client ?? this.#made?.client;
    this.#accounts.setValue(this.#made?.account);
    this.#clients.setValue(client);
    this.#follow(client);
  }

  #make(): DefaultClient | undefined {
    const server = this.server || location.origin;
    if (!/^https?:\/\//i.test(server) || !URL.canParse(server)) {
      warnOnce('invalid_server', server, 'Give an origin such as https://chat.example.');
      return undefined;
    }
    return createDefaultClient({
      server,
      workspaceId: this.workspace,
      getToken: this.getToken,
      onSignedOut: () => emit(this, 'conv-signed-out', null),
    });
  }

  #follow(client: AgentClient | undefined): void {
    this.#stopFollowing?.();
    this.#followed = client;
    this.#stopFollowing = client?.$connection.listen((connection) => {
      emit<Connection>(this, 'conv-connection-changed', { ...connection });
    });
  }

  /** The client that the elements in it work on. */
  get activeClient(): AgentClient | undefined {
    return this.#followed;
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-provider': ConvProvider;
  }
  interface HTMLElementEventMap {
    'conv-connection-changed': CustomEvent<Connection>;
    'conv-signed-out': CustomEvent<null>;
  }
}
