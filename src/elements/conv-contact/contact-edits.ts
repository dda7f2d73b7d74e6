import type { ReactiveControllerHost } from 'lit';
import type { ContactPatch } from '../../domain/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { ConversationStore } from '../../store/agent-client.js';
import { codeOf } from '../shared/shown-error.js';

/** What is edited in place: a field of the contact, or `attributes.` and the name of one. */
export type EditKey =
  'name' | 'email' | 'phone' | 'notes' | 'tags' | 'newAttribute' | `attributes.${string}`;

type Host = ReactiveControllerHost & HTMLElement;

/**
 * One edit of a contact at a time, and the refusal of the last. Only what was changed is sent, so
 * that another agent's edit of another field lasts (S3.35).
 */
export class ContactEdits {
  /** What is being edited; null while nothing is. */
  editing: EditKey | null = null;
  fault: { key: string; code: ErrorCode } | null = null;
  /** What was written when it was refused. */
  refused = '';
  busy = false;
  /** What a colleague made of it since something was typed; null while nobody did. */
  theirs: string | null = null;
  /** What was there before anything was typed. */
  #before: string | null = null;
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
    this.editing = null;
    this.fault = null;
    this.busy = false;
    this.theirs = this.#before = null;
  }

  async begin(key: EditKey, focus: string): Promise<void> {
    this.reset();
    this.editing = key;
    await this.focus(focus);
  }

  async end(focus: string | null): Promise<void> {
    this.reset();
    await this.focus(focus);
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

  /** Sends a change that needs no field, and shows the refusal beside `key`. */
  async send(key: string, patch: ContactPatch): Promise<boolean> {
    const store = this.#store();
    if (!store) return false;
    this.fault = null;
    this.busy = true;
    this.#host.requestUpdate();
    try {
      await store.updateContact(patch);
      if (store === this.#store()) this.#onSaved(patch);
      return true;
    } catch (error) {
      if (store === this.#store()) this.fault = { key, code: codeOf(error) };
      return false;
    } finally {
      if (store === this.#store()) this.busy = false;
      this.#host.requestUpdate();
    }
  }

  /** Sends what was written in the field that is edited; it stays open where that is refused. */
  async save(
    key: EditKey,
    written: string,
    patch: ContactPatch,
    focus: string | null,
  ): Promise<void> {
    if (this.busy) return;
    const store = this.#store();
    if (await this.send(key, patch)) {
      if (store === this.#store()) await this.end(focus);
    } else this.refused = written;
  }

  codeFor(key: string): ErrorCode | null {
    return this.fault?.key === key ? this.fault.code : null;
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
