import { atom, type ReadableAtom } from 'nanostores';
import {
  mergeMark,
  unreadCount,
  type Author,
  type Mark,
  type Message,
  type VisitorConversation,
} from '../domain/index.js';
import {
  CodedError,
  events,
  type Marks,
  type MessagePage,
  type Since,
  type VisitorJoined,
} from '../protocol/index.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import { createMarkSender } from './mark-sender.js';
import { createMessageLog } from './message-log.js';
import type { Pending } from './outbox.js';
import { arrivedKeys, later, newestPosition, threadItems } from './thread.js';
import type { ShownError, Thread, ThreadItem } from './thread-item.js';

export interface VisitorThreadOptions {
  clock: Clock;
  random: Random;
  $pending: ReadableAtom<readonly Pending[]>;
  push<Reply>(event: string, payload: object): Promise<Reply>;
  /** Whether a join is on its way, so that the thread is loading. */
  connecting(): boolean;
  /** A message on its way is in the thread. */
  arrived(key: string): void;
  /** Whether this tab tells what was delivered; one of them is enough. */
  reporting(): boolean;
}

/** The live conversation of a visitor: what is known of it, and how far both sides have come. */
export interface VisitorThread {
  readonly $conversation: ReadableAtom<VisitorConversation | null>;
  readonly $thread: ReadableAtom<Thread>;
  readonly $unread: ReadableAtom<number>;
  /** The cursor to join with. */
  since(): Since | undefined;
  joined(reply: VisitorJoined): void;
  /** A new, edited or deleted message, as the server pushed it. */
  heard(message: Message): void;
  /** One's own message, as the server answered it. */
  stored(message: Message): void;
  marks(marks: Marks): void;
  changed(conversation: VisitorConversation | null): void;
  /** Shows why there is none, or with null that it is tried again. */
  failed(error: ShownError | null): void;
  loadOlder(): void;
  markRead(): void;
  /** Another contact: nothing is known. */
  forget(): void;
  /** Nobody: neither is a join on its way that would tell. */
  leave(): void;
  /** From now on rows pass through this before they are shown. */
  through(rows: Rows): void;
  show(): void;
  /** The agents' newest message, where there is one that was not read. */
  unread(): Message | undefined;
  stop(): void;
}

export type Rows = (
  items: readonly ThreadItem[],
  pending: readonly Pending[],
) => readonly ThreadItem[];

const none: Mark = { delivered: 0, read: 0 };

export function createVisitorThread(options: VisitorThreadOptions): VisitorThread {
  const { clock, random, $pending, push } = options;
  const $conversation = atom<VisitorConversation | null>(null);
  const $thread = atom<Thread>({
    status: 'empty',
    error: null,
    items: [],
    hasOlder: false,
    loadingOlder: false,
    newAfter: null,
  });
  const $unread = atom(0);
  let self: Author = { type: 'contact', id: null, name: null, avatarUrl: null };
  let known = false;
  let newAfter: number | null = null;
  let rows: Rows = (items) => items;
  /** The conversation that the marks are of. */
  let marked: string | null = null;

  const log = createMessageLog({
    clock,
    random,
    list: (query) => push<MessagePage>(events.messagesList, query),
  });
  const marks = createMarkSender((mark) => {
    const { conversationId } = log.$log.get();
    return conversationId === null
      ? Promise.reject(new CodedError('conversation_not_found'))
      : push(events.mark, { conversationId, ...mark });
  });
  const stops = [
    log.$log.listen(({ messages }) => {
      arrivedKeys({ messages, pending: $pending.get(), self }).forEach(options.arrived);
      show();
    }),
    $pending.listen(show),
  ];

  function show(): void {
    const { messages, hasOlder, loadingOlder } = log.$log.get();
    const otherSide = $conversation.get()?.agentMark ?? none;
    const pending = $pending.get().filter(({ act }) => !act);
    const items = rows(threadItems({ messages, pending, self, otherSide }), pending);
    const waits = options.connecting() && !known;
    const { error } = $thread.get();
    const status = error ? 'error' : waits ? 'loading' : items.length > 0 ? 'ready' : 'empty';
    $thread.set({ status, error, items, hasOlder, loadingOlder, newAfter });
    $unread.set(unreadCount(messages, readPosition(), 'contact'));
  }

  function readPosition(): number {
    return Math.max($conversation.get()?.contactMark.read ?? 0, marks.mark.read);
  }

  function changed(next: VisitorConversation | null): void {
    const before = $conversation.get();
    if (next && before?.id === next.id) {
      $conversation.set(later(before, next));
      return show();
    }
    $conversation.set(next);
    markIn(next?.id ?? null);
    if (next) marks.known(next.contactMark);
    newAfter = null;
    if (log.$log.get().conversationId !== (next?.id ?? null)) log.restart(next?.id ?? null);
    show();
  }

  /** Marks of one conversation may come before its first snapshot; another one starts anew. */
  function markIn(conversationId: string | null): void {
    if (marked === conversationId) return;
    marked = conversationId;
    marks.reset();
  }

  function received(): void {
    markIn(log.$log.get().conversationId);
    if (!options.reporting()) return;
    marks.raise({ delivered: newestPosition(log.$log.get().messages, self) });
  }

  function stored(message: Message): void {
    if (log.$log.get().conversationId === null) log.restart(message.conversationId);
    log.changed(message);
  }

  return {
    $conversation,
    $thread,
    $unread,
    since: log.since,
    joined({ contact, conversation, messages }) {
      const { id, name, avatarUrl } = contact;
      self = { type: 'contact', id, name, avatarUrl };
      const first = !known;
      known = true;
      if (messages && conversation) {
        // The page first: it says whether what is known still counts.
        log.joined(messages);
        if ($conversation.get()?.id === conversation.id) $conversation.set(conversation);
        else changed(conversation);
        marks.flush();
        received();
        if (first) newAfter = $unread.get() > 0 ? readPosition() : null;
      } else {
        changed(null);
      }
      show();
    },
    heard(message) {
      stored(message);
      received();
    },
    stored,
    marks({ conversationId, contactMark, agentMark }) {
      const conversation = $conversation.get();
      if (conversation?.id !== conversationId) return;
      $conversation.set({
        ...conversation,
        contactMark: mergeMark(conversation.contactMark, contactMark),
        agentMark: mergeMark(conversation.agentMark, agentMark),
      });
      show();
    },
    changed,
    failed(error) {
      $thread.set({ ...$thread.get(), error, ...(error ? { status: 'error' } : {}) });
    },
    loadOlder: log.loadOlder,
    markRead() {
      const read = newestPosition(log.$log.get().messages, self);
      const before = readPosition();
      markIn(log.$log.get().conversationId);
      // Raised in any case: what got no answer is told again.
      marks.raise({ read });
      if (read > before) show();
    },
    unread() {
      if ($unread.get() === 0) return undefined;
      return log.$log.get().messages.findLast(({ author }) => author.type === 'agent');
    },
    forget: () => log.restart(null),
    leave() {
      known = false;
      $thread.set({ ...$thread.get(), error: null });
      changed(null);
    },
    through(next) {
      rows = next;
      show();
    },
    show,
    stop() {
      log.stop();
      for (const stop of stops) stop();
    },
  };
}
