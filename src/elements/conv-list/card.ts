import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Agent, Conversation, LastMessage } from '../../domain/index.js';
import { ago, type InboxStrings, type Localizer } from '../../i18n/index.js';
import type { SearchMatch } from '../../protocol/index.js';
import type { Card } from '../../store/agent-client.js';
import '../conv-avatar/conv-avatar.js';
import '../conv-dot/conv-dot.js';
import { checkIcon, lockIcon, mailIcon, usersIcon } from '../shared/icons.js';
import { marked } from './marked.js';

export interface CardContext {
  l: Localizer<InboxStrings>;
  agents: ReadonlyMap<string, Agent>;
  /** The id of the agent who looks. */
  me: string | null;
  /** Epoch ms on the server's clock. */
  now: number;
  selected: string | null;
  /** Ids of those that are checked. */
  picked: ReadonlySet<string>;
  /** Key of the one card that Tab reaches. */
  tabStop: string | null;
  onOpen: (event: MouseEvent) => void;
  onClose: (event: Event) => void;
  onPick: (event: MouseEvent) => void;
}

/** What a person is called before they gave a name. */
export function contactName(contact: Conversation['contact'], l: Localizer<InboxStrings>): string {
  return contact.name ?? contact.email ?? l.term('contact.visitor');
}

export function renderCard(
  { conversation, dot, matches = [] }: Card & { matches?: readonly SearchMatch[] },
  context: CardContext,
): TemplateResult {
  const { l, selected, tabStop } = context;
  const { id, contact, activeAt } = conversation;
  const tabindex = id === tabStop ? 0 : -1;
  const waits = dot === 'none' ? '' : `waits ${dot}`;
  return html`
    <button
      type="button"
      class="card ${waits}"
      part="card"
      data-id=${id}
      tabindex=${tabindex}
      aria-current=${id === selected ? 'true' : nothing}
      @click=${context.onOpen}
    >
      <conv-avatar
        name=${contact.name ?? contact.email ?? ''}
        person-id=${contact.id}
        .src=${contact.avatarUrl}
      ></conv-avatar>
      <span class="lines">
        <span class="line">
          <bdi class="name" id="name-${id}">${renderName(contact, matches, l)}</bdi>
          ${renderChannel(conversation, l)}
          ${conversation.live ? nothing : html`<span class="tag">${l.term('list.search.earlier')}</span>`}
          <time datetime=${new Date(activeAt).toISOString()} title=${l.fullTime(activeAt)}
            >${ago(l, activeAt, context.now)}</time
          >
        </span>
        <span class="line">
          <span class="excerpt" id="line-${id}" dir="auto"
            >${renderLine(conversation, matches, context)}</span
          >
          <span class="marks">
            ${renderMention(conversation, context)} ${renderAssignees(conversation, context)}
            <conv-dot status=${dot}></conv-dot>
          </span>
        </span>
      </span>
    </button>
    <label class="pick">
      <input
        type="checkbox"
        data-id=${id}
        tabindex=${tabindex}
        aria-label=${pickName(conversation, l)}
        .checked=${live(context.picked.has(id))}
        @click=${context.onPick}
      />
    </label>
    ${
      conversation.state === 'open' && conversation.live
        ? html`<button
            type="button"
            class="close"
            part="close"
            data-id=${id}
            tabindex=${tabindex}
            aria-label=${l.term('thread.close')}
            aria-describedby="name-${id} line-${id}"
            title=${l.term('thread.close')}
            @click=${context.onClose}
          >
            ${checkIcon()}
          </button>`
        : nothing
    }
  `;
}

/** So many characters of what was written last tell one nameless visitor from another. */
const beginning = 40;

function pickName(conversation: Conversation, l: Localizer<InboxStrings>): string {
  const { contact, subject, lastMessage, activeAt } = conversation;
  const line = [...(subject ?? lastMessage?.excerpt ?? '')];
  const about = line.slice(0, beginning).join('').trim();
  return l.term(
    'list.pick',
    contactName(contact, l),
    line.length > beginning ? `${about}…` : about,
    l.fullTime(activeAt),
  );
}

function renderName(
  contact: Conversation['contact'],
  matches: readonly SearchMatch[],
  l: Localizer<InboxStrings>,
): unknown {
  const match = matches.find(({ field }) => field === 'name');
  return match ? marked(match) : contactName(contact, l);
}

/** What was found, else what was written last. */
function renderLine(
  { lastMessage, subject }: Conversation,
  matches: readonly SearchMatch[],
  context: CardContext,
): unknown {
  const match =
    matches.find(({ field }) => field === 'message') ??
    matches.find(({ field }) => field === 'email');
  if (match) return marked(match);
  const line = renderLast(lastMessage, context);
  return subject === null ? line : html`<span class="subject">${subject}</span> ${line}`;
}

/** A comment names the agent who looks, and was not read yet (S3.29). */
function renderMention(
  { mentions, reads }: Conversation,
  { l, me }: CardContext,
): TemplateResult | typeof nothing {
  if (me === null || (mentions[me] ?? 0) <= (reads[me] ?? 0)) return nothing;
  const label = l.term('list.mentioned');
  return html`<span class="mention" role="img" aria-label=${label} title=${label}>@</span>`;
}

function renderChannel({ channel }: Conversation, l: Localizer<InboxStrings>): TemplateResult {
  const name = channel === 'chat' || channel === 'email' ? channel : 'social';
  const label = l.term(`channel.${name}`);
  // Most are chats: only what is not one gets a mark.
  if (name === 'chat') return html`<span class="visually-hidden">${label}</span>`;
  const icons = { email: mailIcon, social: usersIcon };
  return html`<span class="channel ${name}" role="img" aria-label=${label} title=${label}
    >${icons[name]()}</span
  >`;
}

function renderLast(last: LastMessage | null, { l, me }: CardContext): unknown {
  if (!last) return l.term('list.noMessages');
  const line =
    last.authorType === 'agent'
      ? last.authorId === me
        ? l.term('list.you', last.excerpt)
        : l.term('list.by', last.authorName ?? '', last.excerpt)
      : last.excerpt;
  if (last.kind !== 'comment') return line;
  return html`<span class="who" role="img" aria-label=${l.term('composer.comment')}
      >${lockIcon()}</span
    >
    ${line}`;
}

/** Faces of those who have it; a conversation that only I have needs none. */
function renderAssignees(
  { assigneeIds }: Conversation,
  { l, agents, me }: CardContext,
): TemplateResult | typeof nothing {
  const others = assigneeIds.some((id) => id !== me);
  const assignees = assigneeIds.flatMap((id) => agents.get(id) ?? []);
  if (!others || assignees.length === 0) return nothing;
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
