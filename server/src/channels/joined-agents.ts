import { events, type EventName } from '#kit/protocol/events.js';
import { Coalescer } from '../coalescer.js';
import type { Ports } from '../usecases/act.js';
import { readMe } from '../usecases/read-me.js';
import type { Context } from './assigns.js';
import type { Log } from './topic-channel.js';

interface Joined {
  context: Context;
  /** The join was answered. */
  welcomed: boolean;
  /** Something changed while the reply was made. */
  missed: boolean;
}

/** The inboxes of this node by agent, for what concerns one agent alone. */
export class JoinedAgents {
  readonly #byAgent = new Map<string, Set<Joined>>();
  readonly #mes: Coalescer;

  constructor(ports: Ports, log: Log) {
    const onFault = (fault: unknown) => log.error({ err: fault }, 'an agent could not be told');
    this.#mes = new Coalescer(async (agentId) => {
      if (!this.#byAgent.has(agentId)) return;
      this.push(agentId, events.meChanged, { me: await readMe(ports, agentId) });
    }, onFault);
  }

  /** Call before the join reads anything; leaves by itself when the channel ends. */
  add(context: Context, agentId: string): void {
    if (context.signal.aborted) return;
    const joined: Joined = { context, welcomed: false, missed: false };
    const set = this.#byAgent.get(agentId) ?? new Set<Joined>();
    this.#byAgent.set(agentId, set.add(joined));
    const leave = (): void => {
      set.delete(joined);
      if (set.size === 0 && this.#byAgent.get(agentId) === set) this.#byAgent.delete(agentId);
    };
    context.signal.addEventListener('abort', leave, { once: true });
  }

  /** The join was answered with what was known then. */
  welcome(context: Context, agentId: string): void {
    for (const joined of this.#byAgent.get(agentId) ?? []) {
      if (joined.context !== context) continue;
      joined.welcomed = true;
      if (joined.missed) this.meChanged(agentId);
    }
  }

  /** To every window of the agent whose join was answered. */
  push(agentId: string, event: EventName, payload: object): void {
    for (const joined of this.#byAgent.get(agentId) ?? []) {
      if (joined.welcomed) joined.context.push(event, payload);
      else joined.missed = true;
    }
  }

  /** To every window of the agent; one whose join is not answered yet hears it after the answer. */
  tell(agentId: string, event: EventName, payload: object): void {
    for (const { context } of this.#byAgent.get(agentId) ?? []) context.push(event, payload);
  }

  meChanged(agentId: string): void {
    if (this.#byAgent.has(agentId)) this.#mes.request(agentId);
  }

  close(): void {
    this.#mes.close();
  }
}
