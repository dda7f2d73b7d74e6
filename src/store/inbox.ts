import { atom, type ReadableAtom } from 'nanostores';
import { defaultSettings, type Agent, type Counts, type View } from '../domain/index.js';
import {
  CodedError,
  events,
  topics,
  type AgentChanged,
  type AgentRemoved,
  type ConversationRemoved,
  type ConversationReply,
  type ConversationWindow,
  type CountsChanged,
  type InboxJoin,
  type InboxJoined,
  type InboxSettingsChanged,
  type MeReply,
} from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { TopicSubscription, Transport } from '../transport/transport.js';
import { createCatalog, type Catalog } from './catalog.js';
import type { ConversationCache } from './conversation-cache.js';
import { createOwnAgent, type OwnAgent } from './me.js';
import { createRetained, retainWhileObserved } from './retained.js';
import { later } from './thread.js';
import type { ShownError } from './thread-item.js';

/** A list that is needed: the inbox fills the one that is on screen with the join. */
export interface InboxWindow {
  readonly view: View;
  /** Somebody looks at it; else it is only counted. */
  readonly shown: boolean;
  /** How many conversations a fresh window should hold. */
  readonly limit: number;
  joined(window: ConversationWindow | null): void;
  /** The inbox cannot be joined at all. */
  refused(error: ShownError): void;
}

/** The workspace as one agent sees it: the topic of the inbox and what comes with it. */
export interface Inbox {
  readonly workspaceId: string;
  readonly $workspace: ReadableAtom<{ id: string; name: string } | null>;
  /** Who the client belongs to. */
  readonly own: OwnAgent;
  readonly $me: OwnAgent['$me'];
  readonly catalog: Catalog;
  readonly $agents: ReadableAtom<ReadonlyMap<string, Agent>>;
  readonly $counts: ReadableAtom<Counts | null>;
  readonly joined: boolean;
  /** The limit of an answer in ms (S2.3). */
  readonly $missedAfterMs: ReadableAtom<number>;
  now(): number;
  clockIs(serverTime: number): void;
  /** Joins the topic until let go. */
  retain(): () => void;
  push<Reply>(event: string, payload: object): Promise<Reply>;
  /** Fills this window with each join from now on; says at once that the inbox was refused. */
  addWindow(window: InboxWindow): () => void;
  onJoined(listener: () => void): () => void;
  /** Tries to join again after a refusal. */
  retry(): void;
}

export interface InboxOptions {
  transport: Transport;
  workspaceId: string;
  clock: Clock;
  cache: ConversationCache;
  /** The first who needs the inbox came, and the last is gone. */
  onNeeded(needed: boolean): void;
}

export function createInbox({
  transport,
  workspaceId,
  clock,
  cache,
  onNeeded,
}: InboxOptions): Inbox {
  const $workspace = atom<{ id: string; name: string } | null>(null);
  const $agents = atom<ReadonlyMap<string, Agent>>(new Map());
  const $counts = atom<Counts | null>(null);
  const windows = new Set<InboxWindow>();
  const joinListeners = new Set<() => void>();
  let subscription: TopicSubscription | null = null;
  let asked: InboxWindow | null = null;
  let refusal: ShownError | null = null;
  const $missedAfterMs = atom(defaultSettings.missedAfterMs);
  let settingsVersion = 0;
  let offset = 0;
  const own = createOwnAgent(push);
  const catalog = createCatalog(push);

  function onJoin(reply: InboxJoined): void {
    offset = reply.serverTime - clock.now();
    settingsVersion = 0;
    $missedAfterMs.set(reply.missedAfterMs);
    $workspace.set(reply.workspace);
    own.take(reply.me);
    $agents.set(new Map(reply.agents.map((agent) => [agent.id, agent])));
    catalog.joined(reply);
    $counts.set(reply.counts);
    for (const window of [...windows]) window.joined(window === asked ? reply.window : null);
    for (const listener of [...joinListeners]) listener();
  }

  function onEvent(event: string, payload: unknown): void {
    if (event === events.conversationChanged)
      cache.put((payload as ConversationReply).conversation);
    else if (event === events.counts) $counts.set(payload as CountsChanged);
    else if (event === events.agentChanged) changeAgent((payload as AgentChanged).agent);
    else if (event === events.agentRemoved) removeAgent((payload as AgentRemoved).agentId);
    else if (event === events.meChanged) own.take((payload as MeReply).me);
    else if (event === events.settings) takeSettings(payload as InboxSettingsChanged);
    else if (event === events.conversationRemoved)
      cache.remove((payload as ConversationRemoved).conversationId);
    else catalog.heard(event, payload);
  }

  function takeSettings({ workspace, missedAfterMs, version }: InboxSettingsChanged): void {
    if (version < settingsVersion) return;
    settingsVersion = version;
    $workspace.set(workspace);
    $missedAfterMs.set(missedAfterMs);
  }

  function changeAgent(agent: Agent): void {
    const known = $agents.get().get(agent.id);
    if (known && later(known, agent) === known) return;
    $agents.set(new Map($agents.get()).set(agent.id, agent));
    own.changed(agent);
  }

  function removeAgent(id: string): void {
    const rest = new Map($agents.get());
    if (rest.delete(id)) $agents.set(rest);
  }

  function push<Reply>(event: string, payload: object): Promise<Reply> {
    return subscription
      ? subscription.push(event, payload)
      : Promise.reject(new CodedError('connection_lost'));
  }

  function open(): void {
    refusal = null;
    subscription = transport.subscribe<InboxJoined>(topics.inbox(workspaceId), {
      joinPayload(): InboxJoin {
        const needed = [...windows];
        asked = needed.find(({ shown }) => shown) ?? needed[0] ?? null;
        return asked ? { view: asked.view, limit: asked.limit } : {};
      },
      onJoin,
      onEvent,
      onRefused(code, message) {
        refusal = { code, message };
        for (const window of [...windows]) window.refused(refusal);
      },
    });
  }

  const retained = createRetained(clock, () => {
    onNeeded(true);
    open();
    return () => {
      subscription?.leave();
      subscription = null;
      refusal = null;
      onNeeded(false);
    };
  });

  const inbox: Inbox = {
    workspaceId,
    $workspace,
    own,
    $me: own.$me,
    catalog,
    $agents,
    $counts,
    get joined() {
      return subscription?.joined ?? false;
    },
    $missedAfterMs,
    now: () => clock.now() + offset,
    clockIs(serverTime) {
      offset = serverTime - clock.now();
    },
    retain: retained.retain,
    push,
    addWindow(window) {
      windows.add(window);
      if (refusal) window.refused(refusal);
      return () => windows.delete(window);
    },
    onJoined(listener) {
      joinListeners.add(listener);
      return () => joinListeners.delete(listener);
    },
    retry() {
      if (refusal) open();
    },
  };
  const { $groups, $replies, $templates, $mail } = catalog;
  const observed = [$workspace, own.$me, $agents, $counts, $groups, $replies, $templates, $mail];
  retainWhileObserved(observed, inbox.retain);
  return inbox;
}
