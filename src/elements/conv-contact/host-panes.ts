import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Contact } from '../../domain/index.js';
import { warnOnce } from '../shared/warn-once.js';

/** A pane of the host in every `<conv-contact>` of the page (S3.33). */
export interface ContactPane {
  /** Unique; registering another one of this id takes its place. */
  id: string;
  title: string;
  /**
   * What to show of a contact: text, or an element of the host's own. Called again whenever the
   * contact changes, so keep it quick; null hides the pane. An error hides it too, with a warning.
   */
  render(contact: Readonly<Contact>): Node | string | null;
}

const panes = new Map<string, ContactPane>();
const listeners = new Set<() => void>();

/** Shows a pane of the host with every contact; returns the way out. */
export function registerContactPane(pane: ContactPane): () => void {
  panes.set(pane.id, pane);
  tell();
  return () => {
    if (panes.get(pane.id) !== pane) return;
    panes.delete(pane.id);
    tell();
  };
}

export function onContactPanes(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

/** What the panes show of one contact, made anew when the contact changed. */
export class HostPanes {
  #contact: Contact | null = null;
  #made = new Map<ContactPane, Node | string | null>();

  render(contact: Contact): TemplateResult {
    if (contact !== this.#contact) this.#made.clear();
    this.#contact = contact;
    const shown = [...panes.values()].filter((pane) => this.#content(pane, contact) !== null);
    return html`${repeat(
      shown,
      ({ id }) => id,
      (pane, at) =>
        html`<section part="pane" aria-labelledby="host-pane-${at}">
          <h3 id="host-pane-${at}">${pane.title}</h3>
          <div class="host">${this.#content(pane, contact)}</div>
        </section>`,
    )}`;
  }

  #content(pane: ContactPane, contact: Contact): Node | string | null {
    const known = this.#made.get(pane);
    if (known !== undefined) return known;
    let content: Node | string | null = null;
    try {
      content = pane.render(contact);
    } catch (error) {
      warnOnce('contact_pane_failed', pane.id, `Its render function threw: ${String(error)}`);
    }
    this.#made.set(pane, content);
    return content;
  }
}
