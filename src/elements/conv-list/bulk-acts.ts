import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { codeOf } from '../shared/shown-error.js';

/** How long what was done is told, in ms; not while somebody points at it or has focus in it. */
const toldMs = 15_000;

export type BulkAct = 'close' | 'reopen' | 'delete';

/** What was done last, for as long as it is told. */
export interface Done {
  act: BulkAct;
  ids: readonly string[];
}

const inverse = { close: 'reopen', reopen: 'close', delete: null } as const;

/** Closes, reopens and deletes several conversations, and undoes what can be undone (S3.10). */
export class BulkActs implements ReactiveController {
  done: Done | null = null;
  fault: ErrorCode | null = null;
  busy = false;
  #host: ReactiveControllerHost;
  #client: () => AgentClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, client: () => AgentClient | undefined) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.dismiss();
  }

  get canUndo(): boolean {
    return this.done !== null && inverse[this.done.act] !== null;
  }

  /** Resolves with the ids that were done; none where it was refused. */
  async run(act: BulkAct, ids: readonly string[]): Promise<readonly string[]> {
    const client = this.#client();
    if (!client || this.busy || ids.length === 0) return [];
    this.dismiss();
    this.busy = true;
    this.#host.requestUpdate();
    try {
      const done = await this.#ask(client, act, ids);
      this.tell(act, done);
      return done;
    } catch (error) {
      this.fault = codeOf(error);
      return [];
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }

  /** Says what was done in another way. */
  tell(act: BulkAct, ids: readonly string[]): void {
    this.dismiss();
    if (ids.length === 0) return;
    this.done = { act, ids };
    this.resume();
    this.#host.requestUpdate();
  }

  refused(error: unknown): void {
    this.dismiss();
    this.fault = codeOf(error);
    this.#host.requestUpdate();
  }

  readonly undo = async (): Promise<void> => {
    const { done } = this;
    const act = done && inverse[done.act];
    const client = this.#client();
    if (!done || !act || !client) return;
    this.dismiss();
    try {
      await this.#ask(client, act, done.ids);
    } catch (error) {
      this.refused(error);
    }
  };

  readonly dismiss = (): void => {
    clearTimeout(this.#timer);
    if (!this.done && !this.fault) return;
    this.done = null;
    this.fault = null;
    this.#host.requestUpdate();
  };

  /** Somebody is at it: it stays. */
  readonly pause = (): void => clearTimeout(this.#timer);

  readonly resume = (): void => {
    clearTimeout(this.#timer);
    if (this.done) this.#timer = setTimeout(this.dismiss, toldMs);
  };

  #ask(client: AgentClient, act: BulkAct, ids: readonly string[]): Promise<string[]> {
    if (act === 'close') return client.closeConversations(ids);
    if (act === 'reopen') return client.reopenConversations(ids);
    return client.deleteConversations(ids);
  }
}
