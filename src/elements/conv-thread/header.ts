import { html, nothing, type TemplateResult } from 'lit';
import type { Agent, Contact, Conversation, Visit } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import '../conv-avatar/conv-avatar.js';
import { checkIcon, reopenIcon, userPlusIcon } from '../shared/icons.js';
import type { MenuController } from '../shared/menu-controller.js';

export interface HeaderContext {
  l: Localizer<InboxStrings>;
  conversation: Conversation;
  contact: Contact | null;
  visit: Visit | null;
  agents: ReadonlyMap<string, Agent>;
  me: string | null;
  menu: MenuController;
  onCloseOrReopen: () => void;
  /** From an item with `data-agent`. */
  onAssign: (event: Event) => void;
  onAssignMe: () => void;
}

export function renderHeader(context: HeaderContext): TemplateResult {
  const { l, conversation } = context;
  const contact = context.contact ?? conversation.contact;
  const name = contact.name ?? contact.email ?? l.term('contact.visitor');
  const open = conversation.state === 'open';
  return html`<header part="header" dir=${l.dir}>
    <slot name="header-start"></slot>
    <conv-avatar
      name=${contact.name ?? contact.email ?? ''}
      person-id=${contact.id}
      .src=${contact.avatarUrl}
    ></conv-avatar>
    <div class="who">
      <h2 part="heading" tabindex="-1"><bdi>${name}</bdi></h2>
      <p>${facts(context).map((fact, at) => html`${at > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</p>
    </div>
    <div class="actions">
      ${renderAssignees(context)}
      <span class="menu-anchor">
        <button
          type="button"
          class="icon-button assign"
          aria-haspopup="menu"
          aria-expanded=${context.menu.open ? 'true' : 'false'}
          aria-label=${l.term('thread.assign')}
          title=${l.term('thread.assign')}
          @click=${context.menu.onTriggerClick}
          @keydown=${context.menu.onTriggerKeydown}
        >
          ${userPlusIcon()}
        </button>
        ${context.menu.open ? renderAssignMenu(context) : nothing}
      </span>
      <slot name="actions"></slot>
      <button
        type="button"
        class="close"
        part="close"
        aria-label=${l.term(open ? 'thread.close' : 'thread.reopen')}
        title=${l.term(open ? 'thread.close' : 'thread.reopen')}
        @click=${context.onCloseOrReopen}
      >
        ${open ? checkIcon() : reopenIcon()}
        <span class="words">${l.term(open ? 'thread.closeShort' : 'thread.reopenShort')}</span>
      </button>
      <slot name="header-end"></slot>
    </div>
  </header>`;
}

function facts({ l, conversation, visit }: HeaderContext): string[] {
  const { channel, state } = conversation;
  const name = channel === 'chat' || channel === 'email' ? channel : 'social';
  const page = visit?.pages.at(-1);
  return [
    l.term(`channel.${name}`),
    ...(state === 'closed' ? [l.term('list.state.closed')] : []),
    ...(page ? [l.term('thread.onPage', page.title || page.url)] : []),
  ];
}

function renderAssignees(context: HeaderContext): TemplateResult | typeof nothing {
  const { l, conversation, agents } = context;
  const assignees = conversation.assigneeIds.flatMap((id) => agents.get(id) ?? []);
  if (assignees.length === 0) return nothing;
  const label = l.term('list.assignedTo', l.list(assignees.map(({ name }) => name)));
  return html`<span class="assignees" role="img" aria-label=${label} title=${label}>
    ${assignees
      .slice(0, 3)
      .map(
        ({ id, name, avatarUrl }) =>
          html`<conv-avatar name=${name} person-id=${id} .src=${avatarUrl}></conv-avatar>`,
      )}
  </span>`;
}

function renderAssignMenu(context: HeaderContext): TemplateResult {
  const { l, conversation, agents, me } = context;
  const assigned = new Set(conversation.assigneeIds);
  const sorted = [...agents.values()].sort((a, b) => a.name.localeCompare(b.name, l.locale));
  return html`<div
    class="menu end"
    part="menu"
    role="menu"
    aria-label=${l.term('thread.assign')}
    @keydown=${context.menu.onMenuKeydown}
  >
    ${
      me !== null && !assigned.has(me)
        ? html`<button type="button" role="menuitem" tabindex="-1" @click=${context.onAssignMe}>
              ${userPlusIcon()} ${l.term('thread.assignMe')}
            </button>
            <div role="separator"></div>`
        : nothing
    }
    ${sorted.map(
      ({ id, name, avatarUrl, status }) =>
        html`<button
          type="button"
          role="menuitemcheckbox"
          tabindex="-1"
          aria-checked=${assigned.has(id) ? 'true' : 'false'}
          data-agent=${id}
          @click=${context.onAssign}
        >
          <conv-avatar
            name=${name}
            person-id=${id}
            .src=${avatarUrl}
            .status=${status}
          ></conv-avatar>
          <bdi>${name}</bdi>
          <span class="tick">${checkIcon()}</span>
        </button>`,
    )}
  </div>`;
}
