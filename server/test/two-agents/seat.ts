import type { Message } from '#kit/domain/index.js';
import type { ErrorCode } from '#kit/protocol/errors.js';
import type { ConversationStore } from '#kit/store/agent-client.js';
import type { ThreadItem } from '#kit/store/thread-item.js';
import type { Desk } from './desk.js';
import { changesOf, isOpen, type Answer, type Ledger } from './ledger.js';
import type { Act } from './script.js';

/** A message as it was written at one desk. */
export interface Sent {
  key: string;
  text: string;
  kind: Message['kind'];
}

/** What all interleavings share. */
export interface Office {
  groupIds: readonly string[];
  /** A saved reply that the first agent made for all. */
  replyId: string;
}

/** One agent before one conversation. */
export class Seat {
  readonly desk: Desk;
  readonly store: ConversationStore;
  readonly sent: Sent[] = [];
  /** What went wrong, a sentence each. */
  readonly faults: string[] = [];
  /** Acts of which nobody was told how they ended: right only where a connection was cut. */
  readonly open: string[] = [];
  /** Acts that were told that the conversation is gone. */
  readonly gone: string[] = [];
  readonly #office: Office;
  readonly #ledger: Ledger;
  readonly #other: string;
  readonly #stops: (() => void)[];

  constructor(desk: Desk, other: Desk, conversationId: string, office: Office, ledger: Ledger) {
    this.desk = desk;
    this.#other = other.agent.id;
    this.#office = office;
    this.#ledger = ledger;
    this.store = desk.client.conversation(conversationId);
    const { $thread, $conversation, $contact } = this.store;
    this.#stops = [$thread, $conversation, $contact].map((shown) => shown.listen(() => undefined));
  }

  get ready(): boolean {
    const { $thread, $contact } = this.store;
    return (
      this.desk.client.$connection.get().state === 'online' &&
      $thread.get().status === 'ready' &&
      $contact.get() !== null &&
      this.desk.client.$me.get() !== null
    );
  }

  leave(): void {
    for (const stop of this.#stops) stop();
  }

  say(kind: 'reply' | 'comment', text: string): void {
    const { store } = this;
    const taken = store.send(kind, text);
    const item = store.$thread.get().items.find((shown) => shown.own && shown.text === text);
    if (taken && item) this.sent.push({ key: item.key, text, kind });
    else if (!store.$removed.get()) this.faults.push(`${text} was not taken, or not shown`);
  }

  async play(act: Act): Promise<void> {
    const expected = await this.#do(act);
    if (!expected) return;
    const { answer, refusal, undone } = expected;
    const what = `${this.desk.agent.name}: ${JSON.stringify(act)}`;
    if (answer !== null && undone && !undone()) this.faults.push(`${what} is shown still`);
    if (isOpen(answer)) this.open.push(`${what} ended with ${answer ?? ''}`);
    else if (answer === 'conversation_not_found') this.gone.push(what);
    else if (answer !== refusal && !(answer !== null && expected.allowed?.includes(answer))) {
      this.faults.push(`${what} ended with ${answer ?? 'success'}, not ${refusal ?? 'success'}`);
    }
  }

  async #do(act: Act): Promise<Expected | null> {
    const { store, desk } = this;
    const attempt = (
      changes: readonly (readonly [string, unknown])[],
      work: () => Promise<unknown>,
    ): Promise<Answer> => this.#ledger.attempt(desk.agent.name, changes, work);
    const plain = async (answer: Promise<Answer>): Promise<Expected> => ({
      answer: await answer,
      refusal: null,
    });
    switch (act.type) {
      case 'say':
        this.say(act.kind, act.text);
        return null;
      case 'read':
        store.markRead();
        return null;
      case 'close':
        return plain(attempt([['state', 'closed']], () => store.close()));
      case 'reopen':
        return plain(attempt([['state', 'open']], () => store.reopen()));
      case 'block':
        return plain(attempt([['contact’s block', act.how]], () => store.block(act.how)));
      case 'unblock':
        return plain(attempt([['contact’s block', null]], () => store.unblock()));
      case 'remove':
        return plain(attempt([['removed', true]], () => store.remove()));
      case 'assign': {
        const ids = this.#assignees(act.to);
        const answer = await attempt([['assignees', ids]], () => store.assign(ids));
        const unknown = typeof act.to === 'object' ? act.to.unknown : null;
        const shown = (): readonly string[] => store.$conversation.get()?.assigneeIds ?? [];
        return {
          answer,
          refusal: unknown === null ? null : 'agent_not_found',
          undone: unknown === null ? undefined : () => !shown().includes(unknown),
        };
      }
      case 'group': {
        const unknown = typeof act.to === 'object' && act.to ? act.to.unknown : null;
        const id = typeof act.to === 'number' ? this.#office.groupIds[act.to]! : unknown;
        const answer = await attempt([['group', id]], () => store.assignGroup(id));
        return {
          answer,
          refusal: unknown === null ? null : 'group_not_found',
          undone: unknown === null ? undefined : () => store.$conversation.get()?.groupId !== id,
        };
      }
      case 'contact': {
        const { patch, refused = null } = act;
        const answer = await attempt(changesOf(patch), () => store.updateContact(patch));
        const undone = (): boolean => store.$contact.get()?.email !== patch.email;
        return { answer, refusal: refused, undone: refused === null ? undefined : undone };
      }
      case 'edit':
      case 'erase': {
        const item = this.#message(act.which);
        const id = item?.id ?? null;
        if (id === null) return null;
        const erased = `erased ${id}`;
        const answer =
          act.type === 'edit'
            ? await attempt([[`text ${id}`, act.text]], () => store.edit(id, act.text))
            : await attempt([[erased, true]], () => store.delete(id));
        const allowed: ErrorCode[] = this.#ledger.tried(erased) ? ['message_not_found'] : [];
        return { answer, refusal: act.which === 'foreign' ? 'not_author' : null, allowed };
      }
      case 'save-group': {
        const group = { name: 'Mine', names: {}, private: false, memberIds: [] };
        const answer = await attempt([], () => desk.client.saveGroup(group));
        return { answer, refusal: 'forbidden' };
      }
      case 'save-reply': {
        const reply = { id: this.#office.replyId, shortcut: 'hi', text: 'Stolen', shared: true };
        const answer = await attempt([], () => desk.client.saveReply(reply));
        return { answer, refusal: 'forbidden' };
      }
    }
  }

  #assignees(to: (Act & { type: 'assign' })['to']): string[] {
    const me = this.desk.agent.id;
    if (typeof to === 'object') return [me, to.unknown];
    return { me: [me], both: [me, this.#other], nobody: [], other: [this.#other] }[to];
  }

  #message(which: 'first' | 'last' | 'foreign'): ThreadItem | undefined {
    const stored = this.store.$thread
      .get()
      .items.filter(({ id, kind, deletedAt }) => id && kind !== 'system' && deletedAt === null);
    if (which === 'foreign') return stored.find(({ own }) => !own);
    const own = stored.filter((item) => item.own);
    return which === 'first' ? own[0] : own.at(-1);
  }
}

interface Expected {
  answer: Answer;
  /** The code that it must be refused with; null where it must be done. */
  refusal: ErrorCode | null;
  /** Other codes that are right too. */
  allowed?: readonly ErrorCode[];
  /** Whether what was shown in advance is taken back. */
  undone?: (() => boolean) | undefined;
}
