import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { ConversationState } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { renderQuestion } from '../shared/confirm-dialog.js';
import { DialogController } from '../shared/dialog-controller.js';
import { emit } from '../shared/events.js';
import { BulkActs, type BulkAct } from './bulk-acts.js';
import { renderBulkBar, renderDone } from './bulk.js';
import { SelectedCards } from './selected-cards.js';

/** Of every event that is about one conversation. */
export interface ConversationRef {
  conversationId: string;
}

type Host = ReactiveControllerHost & HTMLElement;

interface ListParts {
  client(): AgentClient | undefined;
  /** Ids of all that could be scrolled to, as they stand. */
  ids(): string[];
  state(): ConversationState;
  /** Lets the cards go to their places. */
  release(): void;
}

/** Where the focus goes from what is there no more. */
const nearest = '.card[tabindex="0"], .search input';

const past = { close: 'closed', reopen: 'reopened', delete: 'deleted' } as const;

/** What an agent does with the cards of a list, one or several (S3.9, S3.10). */
export class ListActs {
  readonly picked: SelectedCards;
  readonly #host: Host;
  readonly #parts: ListParts;
  readonly #acts: BulkActs;
  readonly #question: DialogController;

  constructor(host: Host, parts: ListParts) {
    this.#host = host;
    this.#parts = parts;
    this.picked = new SelectedCards(host);
    this.#acts = new BulkActs(host, () => parts.client());
    this.#question = new DialogController(host, 'question', { first: '.cancel' });
  }

  /** Another list is shown. */
  reset(): void {
    this.#acts.dismiss();
    this.picked.clear();
  }

  /** The rows are others than before. */
  follow(): void {
    // What is closed at once may come back with a refusal.
    if (this.picked.ids.size > 0 && !this.#acts.busy) this.picked.keep(this.#parts.ids());
  }

  readonly onPick = (event: MouseEvent): void => {
    const id = idOf(event);
    if (id !== null) this.picked.toggle(id, this.#parts.ids(), { range: event.shiftKey });
  };

  readonly onClose = (event: Event): void => {
    const id = idOf(event);
    if (id !== null) void this.#act('close', [id]);
  };

  readonly onPicking = async (): Promise<void> => {
    const ends = this.picked.active;
    if (ends) this.picked.clear();
    else this.picked.start();
    await this.#focus(ends ? '.picking' : '.bulk .all input');
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.picked.active || this.#question.open) return;
    event.preventDefault();
    void this.onPicking();
  };

  readonly #onAll = (): void => this.picked.toggleAll(this.#parts.ids());

  readonly #onCloseOrReopen = (): void =>
    void this.#actOnPicked(this.#parts.state() === 'closed' ? 'reopen' : 'close');

  readonly #onDelete = (event: Event): void => {
    if (this.picked.ids.size === 0 || this.#acts.busy) return;
    void this.#question.show(event.currentTarget);
  };

  readonly #onDeleteYes = (): void => {
    this.#question.hide();
    void this.#actOnPicked('delete');
  };

  readonly #onUndo = (): void => {
    void this.#acts.undo();
    void this.#focus(nearest);
  };

  readonly #onDismiss = (): void => {
    this.#acts.dismiss();
    void this.#focus(nearest);
  };

  renderBulkBar(l: Localizer<InboxStrings>, shown: number): TemplateResult {
    return renderBulkBar({
      l,
      state: this.#parts.state(),
      selected: this.picked.ids.size,
      shown,
      busy: this.#acts.busy,
      onAll: this.#onAll,
      onCloseOrReopen: this.#onCloseOrReopen,
      onDelete: this.#onDelete,
      onDone: this.onPicking,
    });
  }

  renderDone(l: Localizer<InboxStrings>): TemplateResult {
    return renderDone(this.#acts, { undo: this.#onUndo, dismiss: this.#onDismiss }, l);
  }

  renderQuestion(l: Localizer<InboxStrings>): unknown {
    const question = {
      title: l.term('list.deleteAsk', this.picked.ids.size),
      text: l.term('list.deleteWhy'),
      act: l.term('list.bulk.delete'),
      onYes: this.#onDeleteYes,
    };
    return renderQuestion(this.#question, question, l);
  }

  async #act(act: BulkAct, ids: readonly string[]): Promise<void> {
    this.#parts.release();
    const asked = act === 'reopen' ? ids : this.#allowed(act, ids);
    for (const conversationId of await this.#acts.run(act, asked)) {
      emit<ConversationRef>(this.#host, `conv-conversation-${past[act]}`, { conversationId });
    }
  }

  async #actOnPicked(act: BulkAct): Promise<void> {
    const ids = [...this.picked.ids];
    if (ids.length === 0 || this.#acts.busy) return;
    await this.#act(act, ids);
    if (this.#acts.fault) return;
    this.picked.clear();
    await this.#focus(nearest);
  }

  /** A host may keep some from it. */
  #allowed(act: 'close' | 'delete', ids: readonly string[]): string[] {
    const name = `conv-before-conversation-${act}`;
    return ids.filter((conversationId) =>
      emit<ConversationRef>(this.#host, name, { conversationId }, { cancelable: true }),
    );
  }

  async #focus(selector: string): Promise<void> {
    await this.#host.updateComplete;
    const root = this.#host.shadowRoot;
    const found = selector
      .split(', ')
      .map((one) => root?.querySelector<HTMLElement>(one))
      .find((element) => element);
    found?.focus();
  }
}

function idOf(event: Event): string | null {
  return (event.currentTarget as HTMLElement).dataset['id'] ?? null;
}
