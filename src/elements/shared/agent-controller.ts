import type { ReactiveElement } from 'lit';
import {
  agentClientContext,
  ContextController,
  createSelection,
  selectionContext,
  type Selection,
} from '../../context/index.js';
import type { AgentClient, ConversationStore } from '../../store/agent-client.js';

type Host = ReactiveElement & {
  client?: AgentClient | undefined;
  conversationId?: string | undefined;
};

/** What an agent's element works on: its own `.client`, else the nearest provider's. */
export class AgentController {
  readonly #host: Host;
  readonly #client: ContextController<AgentClient | undefined>;
  readonly #selection: ContextController<Selection | undefined>;
  #own: Selection | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#client = new ContextController(host, agentClientContext);
    this.#selection = new ContextController(host, selectionContext);
  }

  get client(): AgentClient | undefined {
    return this.#host.client ?? this.#client.value;
  }

  /** The provider's; an element alone on a page has one of its own. */
  get selection(): Selection {
    return this.#selection.value ?? (this.#own ??= createSelection());
  }

  /** The host's own `conversationId`, else the selected one. */
  get conversationId(): string | null {
    return this.#host.conversationId || this.selection.$conversationId.get();
  }

  get conversation(): ConversationStore | undefined {
    const id = this.conversationId;
    return id === null ? undefined : this.client?.conversation(id);
  }
}
