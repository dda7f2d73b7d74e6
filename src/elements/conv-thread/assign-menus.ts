import { html, nothing, type TemplateResult } from 'lit';
import { may, type Agent, type Conversation, type Group } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import '../conv-avatar/conv-avatar.js';
import '../conv-avatar/status.js';
import { checkIcon, editIcon, userPlusIcon } from '../shared/icons.js';
import type { HeaderActs } from './header-acts.js';

/** From so many agents on there is a field to find one. */
const manyAgents = 8;

export interface AssignContext {
  l: Localizer<InboxStrings>;
  conversation: Conversation;
  agents: ReadonlyMap<string, Agent>;
  groups: readonly Group[];
  me: string | null;
  acts: HeaderActs;
}

/** Several agents can have a conversation (S3.16); the menu stays open while they are chosen. */
export function renderAssignMenu(context: AssignContext): TemplateResult {
  const { l, conversation, agents, me, acts } = context;
  const assigned = new Set(conversation.assigneeIds);
  const wanted = plain(acts.query.trim());
  const sorted = [...agents.values()]
    .filter(({ name }) => plain(name).includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, l.locale));
  return html`<div class="menu end assign-menu" part="menu" @keydown=${acts.agents.onMenuKeydown}>
    ${
      agents.size >= manyAgents
        ? html`<input
            type="search"
            class="find"
            aria-label=${l.term('thread.findAgent')}
            placeholder=${l.term('thread.findAgent')}
            autocomplete="off"
            .value=${acts.query}
            @input=${acts.onFindAgent}
          />`
        : nothing
    }
    <div role="menu" aria-label=${l.term('thread.assign')}>
      ${
        me !== null && !assigned.has(me) && wanted === ''
          ? html`<button type="button" role="menuitem" tabindex="-1" @click=${acts.onAssignMe}>
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
            @click=${acts.onAssign}
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
    </div>
    ${
      sorted.length === 0
        ? html`<p class="none" role="status">
            ${l.term('thread.findAgent.none', acts.query.trim())}
          </p>`
        : nothing
    }
  </div>`;
}

export function renderGroupMenu(context: AssignContext): TemplateResult {
  const { l, conversation, agents, groups, me, acts } = context;
  const role = (me !== null && agents.get(me)?.role) || 'agent';
  const sorted = [...groups].sort((a, b) => a.name.localeCompare(b.name, l.locale));
  const choices = [{ id: '', name: l.term('thread.group.none') }, ...sorted];
  return html`<div class="menu end group-menu" part="menu" @keydown=${acts.groups.onMenuKeydown}>
    <div role="menu" aria-label=${l.term('thread.assignGroup')}>
      ${choices.map(
        ({ id, name }) =>
          html`<button
            type="button"
            role="menuitemradio"
            tabindex="-1"
            aria-checked=${(conversation.groupId ?? '') === id ? 'true' : 'false'}
            data-group=${id}
            @click=${acts.onGroup}
          >
            <bdi>${name}</bdi>
            <span class="tick">${checkIcon()}</span>
          </button>`,
      )}
      ${
        may(role, 'group.save')
          ? html`<div role="separator"></div>
              <button
                type="button"
                role="menuitem"
                tabindex="-1"
                class="edit-groups"
                @click=${acts.onEditGroups}
              >
                ${editIcon()} ${l.term('thread.group.edit')}
              </button>`
          : nothing
      }
    </div>
    ${groups.length === 0 ? html`<p class="none">${l.term('thread.group.empty')}</p>` : nothing}
  </div>`;
}

/** As it is compared: without accents, in small letters. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
