import { isInScope, type Conversation, type Me } from '../domain/index.js';
import { events, limits, type ConversationWindow } from '../protocol/index.js';
import type { Tabs } from '../transport/transport.js';
import type { Notice } from './agent.js';
import type { ConversationCache } from './conversation-cache.js';
import type { Inbox } from './inbox.js';
import { createNoticed } from './noticed.js';
import type { KeyValue } from './storage.js';

export type OnNotice = (notice: Notice) => void;

export interface Notices {
  /** Calls when the agent is to be told of something, in one tab only; returns the way out. */
  onNotice(listener: OnNotice): () => void;
}

export interface NoticesOptions {
  inbox: Inbox;
  cache: ConversationCache;
  storage: KeyValue;
  tabs: Tabs | undefined;
}

/** What is known of a conversation, so that a change can be told from what was so before. */
interface Known {
  mine: boolean;
  mention: number;
}

/** Finds what an agent should be told of on the desktop, each once over all tabs (S3.36). */
export function createNotices({ inbox, cache, storage, tabs }: NoticesOptions): Notices {
  const listeners = new Set<OnNotice>();
  const known = new Map<string, Known>();
  /** All open conversations of this agent are in `known`: another one was assigned just now. */
  let complete = false;
  let callNumber = 0;
  const noticed = createNoticed(storage, tabs, (id) => {
    known.set(id, { mention: known.get(id)?.mention ?? 0, mine: true });
  });

  function look(id: string): void {
    const conversation = cache.get(id);
    const me = inbox.$me.get();
    if (!conversation) known.delete(id);
    else if (me) follow(me, conversation);
  }

  function follow(me: Me, conversation: Conversation): void {
    const { id, lastMessage, assigneeIds } = conversation;
    const before = known.get(id);
    const mine = conversation.state === 'open' && assigneeIds.includes(me.id);
    const mention = conversation.mentions[me.id] ?? 0;
    if (mine || mention > 0 || !complete) known.set(id, { mine, mention });
    else known.delete(id);

    // What the agent did here is shown before the server knows; other tabs only see what follows.
    const here = cache.isPatched(id);
    if (here && mine && !before?.mine) noticed.taken(id);
    const own = here || (lastMessage?.authorType === 'agent' && lastMessage.authorId === me.id);

    const written = messageFor(me, conversation);
    if (written && tell(me, 'message', conversation, written.id, written.createdAt)) return;
    if (own) return;
    const comment = lastMessage?.kind === 'comment' ? lastMessage.createdAt : null;
    const unread = mention > (conversation.reads[me.id] ?? 0);
    if (unread && (before ? mention > before.mention : comment !== null)) {
      tell(me, 'mentioned', conversation, String(mention), comment ?? inbox.now());
    } else if (mine && (before ? !before.mine : complete)) {
      tell(me, 'assigned', conversation, String(conversation.version), inbox.now());
    }
  }

  /** True where it is due, told or not: an agent who is offline is told of nothing, nor later. */
  function tell(
    { status, preferences }: Me,
    kind: Notice['kind'],
    conversation: Conversation,
    what: string,
    at: number,
  ): boolean {
    if (preferences.desktop === 'none') return false;
    const key = `${kind}/${conversation.id}/${what}`;
    if (!noticed.take(key, at)) return false;
    if (status === 'offline') return true;
    for (const listener of [...listeners]) listener({ kind, key, conversation });
    return true;
  }

  /** Which conversations the agent has: without it, those beyond the lists would seem new. */
  async function learnMine(): Promise<void> {
    const call = ++callNumber;
    const view = { name: 'mine', state: 'open', channel: 'all', order: 'newest' };
    const query = { view, limit: limits.maxPageSize };
    const window = await inbox
      .push<ConversationWindow>(events.conversationsList, query)
      .catch(() => null);
    const me = inbox.$me.get();
    if (!window || !me || call !== callNumber) return;
    const ids = new Set(window.conversations.map(({ id }) => id));
    for (const [id, { mention }] of known) {
      if (!window.more && !ids.has(id)) known.set(id, { mention, mine: false });
    }
    for (const conversation of window.conversations) {
      cache.put(conversation);
      look(conversation.id);
    }
    complete = !window.more;
  }

  async function begin(): Promise<void> {
    const me = inbox.$me.get();
    if (!me) return;
    await noticed.open(`notice/${inbox.workspaceId}/${me.id}`, inbox.now());
    if (me.preferences.desktop === 'none') return noticed.skip(inbox.now());
    await learnMine();
    // What came before it was known how far the agent was told.
    for (const id of [...known.keys()]) look(id);
  }

  cache.listen(look);
  inbox.onJoined(() => void begin());
  let chosen: Me['preferences']['desktop'] | null = null;
  inbox.own.onChange(({ preferences: { desktop } }) => {
    if (chosen !== null && chosen !== desktop) {
      // Nothing that was before is told.
      noticed.skip(inbox.now());
      if (inbox.joined) void begin();
    }
    chosen = desktop;
  });
  return {
    onNotice(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The contact's message that this agent should hear of; null where there is none. */
export function messageFor(
  me: Pick<Me, 'id' | 'preferences'>,
  conversation: Conversation,
  by: 'sound' | 'desktop' = 'desktop',
): Conversation['lastMessage'] {
  const { state, assigneeIds, lastMessage, lastContactPosition, reads } = conversation;
  if (state !== 'open' || lastContactPosition <= (reads[me.id] ?? 0)) return null;
  if (lastMessage?.authorType !== 'contact') return null;
  return isInScope(me.preferences[by], assigneeIds, me.id) ? lastMessage : null;
}
