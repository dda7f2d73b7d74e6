import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LocalizeController, StoreController } from '../../context/index.js';
import { may, type Group } from '../../domain/index.js';
import type { GroupsStrings } from '../../i18n/index.js';
import { groupsEnglish } from '../../i18n/locales/en-groups.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { AgentController } from '../shared/agent-controller.js';
import { buttonToneStyles } from '../shared/button-tones.styles.js';
import { customElement } from '../shared/custom-element.js';
import { emit } from '../shared/events.js';
import { editIcon, plusIcon, trashIcon } from '../shared/icons.js';
import { codeOf, errorText } from '../shared/shown-error.js';
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
  static override styles = [baseStyles, buttonStyles, buttonToneStyles, styles];

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

  /** The one whose deletion is asked about. */
  @state() private asked: string | null = null;

  @state() private fault: ErrorCode | null = null;

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

  #groupOf(event: Event): Group | undefined {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    return this.#groups.value?.find((group) => group.id === id);
  }

  readonly #onNew = (): void => this.#form.open(null);

  readonly #onEdit = (event: Event): void => {
    const group = this.#groupOf(event);
    if (group) this.#form.open(group);
  };

  readonly #onDelete = async (event: Event): Promise<void> => {
    this.fault = null;
    this.asked = this.#groupOf(event)?.id ?? null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
  };

  readonly #onKeep = async (): Promise<void> => {
    const id = this.asked;
    this.asked = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`.delete[data-id="${id}"]`)?.focus();
  };

  readonly #onDeleteNow = async (event: Event): Promise<void> => {
    const group = this.#groupOf(event);
    const { client } = this.#agent;
    if (!group || !client) return;
    this.fault = null;
    try {
      await client.deleteGroup(group.id);
      this.news = this.#l.now.term('groups.gone', group.name);
      this.asked = null;
      emit<GroupDeleted>(this, 'conv-group-deleted', { groupId: group.id });
      await this.updateComplete;
      this.focus();
    } catch (error) {
      this.fault = codeOf(error);
    }
  };

  /** Moves the focus to the form, or to the button that makes a group. */
  override focus(options?: FocusOptions): void {
    const wanted = this.#form.isOpen ? 'form input' : '.new, .item button';
    this.renderRoot.querySelector<HTMLElement>(wanted)?.focus(options);
  }

  #renderItem(group: Group, editable: boolean): TemplateResult {
    const l = this.#l.now;
    const { id, name } = group;
    if (this.asked === id) {
      return html`<li class="item asked" part="item">
        <p id="ask">${l.term('groups.deleteAsk', name)}</p>
        <button type="button" class="button keep" aria-describedby="ask" @click=${this.#onKeep}>
          ${l.term('groups.keep')}
        </button>
        <button
          type="button"
          class="button danger"
          aria-describedby="ask"
          data-id=${id}
          @click=${this.#onDeleteNow}
        >
          ${l.term('groups.deleteNow')}
        </button>
      </li>`;
    }
    const acts = [
      { kind: 'edit', label: l.term('groups.edit', name), icon: editIcon, act: this.#onEdit },
      {
        kind: 'delete',
        label: l.term('groups.delete', name),
        icon: trashIcon,
        act: this.#onDelete,
      },
    ];
    return html`<li class="item" part="item">
      <div class="what">
        <strong><bdi>${name}</bdi></strong>
        ${group.private ? html`<span class="badge">${l.term('groups.private')}</span>` : nothing}
        <p>${l.term('groups.members', group.memberIds.length)}</p>
      </div>
      ${
        editable
          ? acts.map(
              ({ kind, label, icon, act }) =>
                html`<button
                  type="button"
                  class="icon-button ${kind}"
                  data-id=${id}
                  aria-label=${label}
                  title=${label}
                  @click=${act}
                >
                  ${icon()}
                </button>`,
            )
          : nothing
      }
    </li>`;
  }

  override render(): TemplateResult {
    const l = this.#l.now;
    if (this.#form.isOpen) return this.#form.render(l);
    const groups = [...(this.#groups.value ?? [])].sort((a, b) =>
      a.name.localeCompare(b.name, l.locale),
    );
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
      ${this.fault ? html`<p class="error" role="alert">${errorText(l, this.fault)}</p>` : nothing}
      ${
        groups.length === 0
          ? html`<p class="none">${l.term('groups.empty')}</p>`
          : html`<ul class="items" role="list" aria-label=${l.term('groups.title')}>
              ${repeat(
                groups,
                ({ id }) => id,
                (group) => this.#renderItem(group, editable),
              )}
            </ul>`
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
