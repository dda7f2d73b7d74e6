import { html, nothing, type TemplateResult } from 'lit';
import type { Contact, Visit } from '../../domain/index.js';
import '../conv-avatar/conv-avatar.js';
import {
  banIcon,
  checkIcon,
  reopenIcon,
  trashIcon,
  userPlusIcon,
  usersIcon,
} from '../shared/icons.js';
import type { MenuController } from '../shared/menu-controller.js';
import { renderAssignMenu, renderGroupMenu, type AssignContext } from './assign-menus.js';

export interface HeaderContext extends AssignContext {
  contact: Contact | null;
  visit: Visit | null;
}

/** Who a conversation is with, as agents call them. */
export function contactName({ l, contact, conversation }: HeaderContext): string {
  const { name, email } = contact ?? conversation.contact;
  return name ?? email ?? l.term('contact.visitor');
}

export function renderHeader(context: HeaderContext): TemplateResult {
  const { l, conversation } = context;
  const contact = context.contact ?? conversation.contact;
  return html`<div class="header" part="header" dir=${l.dir}>
    <slot name="header-start"></slot>
    <conv-avatar
      name=${contact.name ?? contact.email ?? ''}
      person-id=${contact.id}
      .src=${contact.avatarUrl}
    ></conv-avatar>
    <div class="who">
      <h2 part="heading" tabindex="-1"><bdi>${contactName(context)}</bdi></h2>
      <p>${facts(context).map((fact, at) => html`${at > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</p>
    </div>
    <div class="actions">
      ${renderAssignees(context)} ${conversation.live ? renderAssigning(context) : nothing}
      ${conversation.live ? renderEnding(context) : nothing}
      <slot name="actions"></slot>
      ${conversation.live ? renderClose(context) : nothing}
    </div>
    <slot name="header-end"></slot>
  </div>`;
}

function renderAssigning(context: HeaderContext): TemplateResult {
  const { l, acts } = context;
  return html`<span class="menu-anchor">
      ${renderTrigger('assign', l.term('thread.assign'), acts.agents, userPlusIcon())}
      ${acts.agents.open ? renderAssignMenu(context) : nothing}
    </span>
    <span class="menu-anchor">
      ${renderTrigger('group', l.term('thread.assignGroup'), acts.groups, usersIcon())}
      ${acts.groups.open ? renderGroupMenu(context) : nothing}
    </span>`;
}

function renderTrigger(
  name: string,
  label: string,
  menu: MenuController,
  icon: TemplateResult,
): TemplateResult {
  return html`<button
    type="button"
    class="icon-button ${name}"
    aria-haspopup="menu"
    aria-expanded=${menu.open ? 'true' : 'false'}
    aria-label=${label}
    title=${label}
    @click=${menu.onTriggerClick}
    @keydown=${menu.onTriggerKeydown}
  >
    ${icon}
  </button>`;
}

function renderEnding({ l, contact, acts }: HeaderContext): TemplateResult {
  const blocked = contact?.blocked ?? null;
  const block = l.term(blocked === null ? 'thread.block' : 'thread.unblock');
  const remove = l.term('thread.delete');
  return html`<button
      type="button"
      class="icon-button block ${blocked === null ? '' : 'on'}"
      aria-label=${block}
      title=${block}
      @click=${blocked === null ? acts.onBlock : acts.onUnblock}
    >
      ${banIcon()}
    </button>
    <button
      type="button"
      class="icon-button delete"
      aria-label=${remove}
      title=${remove}
      @click=${acts.onDelete}
    >
      ${trashIcon()}
    </button>`;
}

function renderClose({ l, conversation, acts }: HeaderContext): TemplateResult {
  const open = conversation.state === 'open';
  return html`<button
    type="button"
    class="close"
    part="close"
    aria-label=${l.term(open ? 'thread.close' : 'thread.reopen')}
    title=${l.term(open ? 'thread.close' : 'thread.reopen')}
    @click=${acts.onCloseOrReopen}
  >
    ${open ? checkIcon() : reopenIcon()}
    <span class="words">${l.term(open ? 'thread.closeShort' : 'thread.reopenShort')}</span>
  </button>`;
}

function facts({ l, conversation, visit, groups }: HeaderContext): string[] {
  const { channel, state, subject, groupId } = conversation;
  const name = channel === 'chat' || channel === 'email' ? channel : 'social';
  const page = visit?.pages.at(-1);
  const group = groups.find(({ id }) => id === groupId);
  return [
    l.term(`channel.${name}`),
    ...(state === 'closed' ? [l.term('list.state.closed')] : []),
    ...(subject === null ? [] : [subject]),
    ...(group ? [l.term('thread.inGroup', group.name)] : []),
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
