import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import { may, type Group } from '../../domain/index.js';
import type { GroupsStrings } from '../../i18n/index.js';
import { groupsEnglish } from '../../i18n/locales/en-groups.js';
import type { AgentClient } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { EntryList, type Entry } from '../shared/entry-list.js';
import { entryListStyles } from '../shared/entry-list.styles.js';
import { emit } from '../shared/events.js';
import { plusIcon } from '../shared/icons.js';
import { errorText } from '../shared/shown-error.js';
import { baseStyles, buttonStyles } from '../shared/styles.js';
import { styles } from './conv-groups.styles.js';
import { GroupForm } from './group-form.js';

/** Of `conv-group-deleted`. */
export interface GroupDeleted {
  groupId: string;
}

/**
 * @summary The groups of a team: to make, edit and delete.
 *
 * The thread shows it in a dialog, by `Edit groups` in its menu of groups.
 *
 * @csspart item - One group.
 * @csspart form - The form in which one is written.
 *
 * @event {CustomEvent<Group>} conv-group-saved - The server took a group.
 * @event {CustomEvent<GroupDeleted>} conv-group-deleted - The server deleted a group.
 */
@customElement('conv-groups')
export class ConvGroups extends LitElement {
  static override styles = [baseStyles, buttonStyles, buttonToneStyles, entryListStyles, styles];

  #agent = new AgentController(this);
  #l = new LocalizeController<GroupsStrings>(this, groupsEnglish);
  #groups = new StoreController(this, () => this.#agent.client?.$groups);
  #agents = new StoreController(this, () => this.#agent.client?.$agents);
  #me = new StoreController(this, () => this.#agent.client?.$me);
  #form = new GroupForm(this, {
    client: () => this.#agent.client,
    agents: () => [...(this.#agents.value?.values() ?? [])],
    onClosed: (saved) => void this.#closed(saved),
  });
  #entries = new EntryList(this, {
    edit: (id) => {
      const group = this.#groupOf(id);
      if (group) this.#form.open(group);
    },
    remove: (id) => this.#remove(id),
  });

  @state() private news = '';

  /** What to work on instead of the nearest provider's client. */
  @property({ attribute: false }) client: AgentClient | undefined;

  async #closed(saved: Group | null): Promise<void> {
    if (saved) {
      this.news = this.#l.now.term('groups.saved', saved.name);
      emit<Group>(this, 'conv-group-saved', saved);
    }
    await this.updateComplete;
    this.focus();
  }

  #groupOf(id: string): Group | undefined {
    return this.#groups.value?.find((group) => group.id === id);
  }

  readonly #onNew = (): void => this.#form.open(null);

  async #remove(id: string): Promise<void> {
    const group = this.#groupOf(id);
    const { client } = this.#agent;
    if (!group || !client) return;
    await client.deleteGroup(id);
    this.news = this.#l.now.term('groups.gone', group.name);
    emit<GroupDeleted>(this, 'conv-group-deleted', { groupId: id });
  }

  #entryOf(group: Group): Entry {
    const l = this.#l.now;
    const { id, name, memberIds } = group;
    return {
      id,
      shown: html`<div class="what">
        <strong><bdi>${name}</bdi></strong>
        ${group.private ? html`<span class="badge">${l.term('groups.private')}</span>` : nothing}
        <p>${l.term('groups.members', memberIds.length)}</p>
      </div>`,
      words: {
        edit: l.term('groups.edit', name),
        delete: l.term('groups.delete', name),
        ask: l.term('groups.deleteAsk', name),
        deleteNow: l.term('groups.deleteNow'),
        keep: l.term('groups.keep'),
      },
    };
  }

  /** Moves the focus to the form, or to the button that makes a group. */
  override focus(options?: FocusOptions): void {
    const wanted = this.#form.isOpen ? 'form input' : '.new, .item button';
    this.renderRoot.querySelector<HTMLElement>(wanted)?.focus(options);
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    if (this.#form.isOpen) return this.#form.render(l);
    const groups = [...(this.#groups.value ?? [])].sort((a, b) =>
      a.name.localeCompare(b.name, l.locale),
    );
    const { fault } = this.#entries;
    const editable = may(this.#me.value?.role ?? 'agent', 'group.save');
    return html`<div dir=${l.dir}>
      <div class="top">
        ${
          editable
            ? html`<button type="button" class="button new" @click=${this.#onNew}>
                ${plusIcon()} ${l.term('groups.new')}
              </button>`
            : html`<p class="hint">${l.term('groups.forbidden')}</p>`
        }
      </div>
      <p class="news" role="status">${this.news}</p>
      ${fault ? html`<p class="error" role="alert">${errorText(l, fault)}</p>` : nothing}
      ${
        groups.length === 0
          ? html`<p class="none">${l.term('groups.empty')}</p>`
          : this.#entries.render(
              groups.map((group) => this.#entryOf(group)),
              l.term('groups.title'),
              { editable },
            )
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-groups': ConvGroups;
  }
  interface HTMLElementEventMap {
    'conv-group-saved': CustomEvent<Group>;
    'conv-group-deleted': CustomEvent<GroupDeleted>;
  }
}
