import type { ReactiveControllerHost } from 'lit';
import type { ContactPatch } from '../../domain/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { ConversationStore } from '../../store/agent-client.js';
import { codeOf } from '../shared/shown-error.js';

/** What is edited in place: a field of the contact, or `attributes.` and the name of one. */
export type EditKey =
  'name' | 'email' | 'phone' | 'notes' | 'tags' | 'newAttribute' | `attributes.${string}`;

type Host = ReactiveControllerHost & HTMLElement;

/** Why a change was not taken, and what was written in its field; null where it has none. */
interface Refusal {
  code: ErrorCode;
  written: string | null;
}

/**
 * One edit of a contact at a time, and what was refused. Only what was changed is sent, so that
 * another agent's edit of another field lasts (S3.35). An answer may come when another field is
 * open already: it leaves that one alone.
 */
export class ContactEdits {
  /** What is being edited; null while nothing is. */
  editing: EditKey | null = null;
  /** What a colleague made of it since something was typed; null while nobody did. */
  theirs: string | null = null;
  /** What was there before anything was typed. */
  #before: string | null = null;
  #refusals = new Map<string, Refusal>();
  /** What was sent of each field and is not answered yet. */
  #sending = new Map<string, string>();
  /** Counts what was opened and ended: tells a field from itself, opened again. */
  #turn = 0;
  #host: Host;
  #store: () => ConversationStore | undefined;
  #onSaved: (patch: ContactPatch) => void;

  constructor(
    host: Host,
    store: () => ConversationStore | undefined,
    onSaved: (patch: ContactPatch) => void,
  ) {
    this.#host = host;
    this.#store = store;
    this.#onSaved = onSaved;
  }

  /** Another contact is shown. */
  reset(): void {
    this.#edit(null);
    this.#refusals.clear();
    this.#sending.clear();
  }

  async begin(key: EditKey, focus: string): Promise<void> {
    this.#edit(key);
    for (const [of, { written }] of this.#refusals) {
      if (written === null) this.#refusals.delete(of);
    }
    await this.focus(focus);
  }

  async end(focus: string | null): Promise<void> {
    if (this.editing !== null) this.#refusals.delete(this.editing);
    this.#edit(null);
    await this.focus(focus);
  }

  #edit(key: EditKey | null): void {
    this.#turn += 1;
    this.editing = key;
    this.theirs = this.#before = null;
  }

  /** The field that is edited. */
  get field(): HTMLInputElement | HTMLTextAreaElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLInputElement>('.editing') ?? null;
  }

  /** Tells what is stored while the field shows something; a colleague may have changed it. */
  follow(stored: string): void {
    const typed = this.field?.value ?? this.#before;
    if (this.#before === null || typed === this.#before) this.#before = stored;
    this.theirs = stored === this.#before || stored === typed?.trim() ? null : stored;
  }

  /**
   * Sends a change, and shows the refusal beside `key`. `written` is kept with it where a field
   * would lose it.
   */
  async send(key: string, patch: ContactPatch, written: string | null = null): Promise<boolean> {
    const store = this.#store();
    if (!store) return false;
    this.#refusals.delete(key);
    this.#host.requestUpdate();
    try {
      await store.updateContact(patch);
      if (store === this.#store()) this.#onSaved(patch);
      return true;
    } catch (error) {
      if (store === this.#store()) this.#refusals.set(key, { code: codeOf(error), written });
      return false;
    } finally {
      this.#host.requestUpdate();
    }
  }

  /**
   * Sends what was written in the field that is edited. It ends when that is taken, unless
   * something else was opened or written meanwhile.
   */
  async save(
    key: EditKey,
    written: string,
    patch: ContactPatch,
    focus: string | null,
  ): Promise<void> {
    if (this.#sending.get(key) === written) return;
    this.#sending.set(key, written);
    const turn = this.#turn;
    const before = this.#before;
    this.#before = written.trim();
    const taken = await this.send(key, patch, written);
    if (this.#sending.get(key) === written) this.#sending.delete(key);
    if (turn !== this.#turn) return;
    if (!taken) this.#before = before;
    else if ((this.field?.value ?? written) === written) await this.end(focus);
  }

  codeFor(key: string): ErrorCode | null {
    return this.#refusals.get(key)?.code ?? null;
  }

  /** What was written when it was refused. */
  refusedFor(key: string): string | null {
    return this.#refusals.get(key)?.written ?? null;
  }

  async focus(selector: string | null): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (selector === null) return;
    const target = this.#host.shadowRoot?.querySelector<HTMLElement>(selector);
    target?.focus();
    if (target instanceof HTMLInputElement) target.select();
  }
}
