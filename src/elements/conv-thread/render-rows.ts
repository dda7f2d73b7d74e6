import { html, nothing, type TemplateResult } from 'lit';
import type { Agent, Contact } from '../../domain/index.js';
import { ago, type InboxStrings, type Localizer } from '../../i18n/index.js';
import type { FileSource } from '../../store/file-source.js';
import type { ThreadItem } from '../../store/thread-item.js';
import '../conv-avatar/conv-avatar.js';
import '../conv-message/agent-parts.js';
import '../conv-message/message-parts.js';
import '../conv-message/conv-message.js';
import { errorText } from '../shared/shown-error.js';
import type { ShownRow } from '../shared/row-window.js';
import type { MessageRow, ThreadRow } from '../shared/thread-rows.js';
import { renderEmailLine } from './email-line.js';
import type { MessageActs } from './message-acts.js';

export interface RowContext {
  l: Localizer<InboxStrings>;
  /** Epoch ms on the server's clock. */
  now: number;
  /** Key of one's own last reply: the delivery state stands there (S3.19). */
  lastOwn: string | null;
  /** How many rows there are; -1 while there are older ones elsewhere. */
  size: number;
  /** Keys of messages that came just now: they rise into place. */
  fresh: ReadonlySet<string>;
  /** Key of the message whose buttons Tab reaches. */
  stop: string | null;
  acts: MessageActs;
  /** Gives addresses of files. */
  source: FileSource | undefined;
  /** From a button with `data-key`. */
  onRetry: (event: Event) => void;
  onDiscard: (event: Event) => void;
  onTap: (event: PointerEvent) => void;
  /** From a button with `data-id`. */
  onRetryEmail: (event: Event) => void;
  agents: ReadonlyMap<string, Agent>;
  /** Whom the conversation is with; null until that is known. */
  contact: Pick<Contact, 'name' | 'avatarUrl'> | null;
}

const minute = 60_000;

export function renderRow(shown: ShownRow<ThreadRow>, context: RowContext): TemplateResult {
  const { row, index } = shown;
  const { l, now } = context;
  const top = index === 0 ? 'top' : '';
  switch (row.type) {
    case 'day':
      return html`<li
        class="divider ${top}"
        part="divider"
        aria-posinset=${index + 1}
        aria-setsize=${context.size}
      >
        <span>${l.dayName(row.at, now)}</span>
      </li>`;
    case 'new':
      return html`<li
        class="divider new ${top}"
        part="divider"
        aria-posinset=${index + 1}
        aria-setsize=${context.size}
      >
        <span>${l.term('thread.newMessages')}</span>
      </li>`;
    case 'message':
      return row.item.kind === 'system'
        ? html`<li
            class="divider system ${top}"
            aria-posinset=${index + 1}
            aria-setsize=${context.size}
          >
            <conv-message .item=${row.item}></conv-message>
          </li>`
        : renderMessage(row, index, context);
  }
}

function renderMessage(row: MessageRow, index: number, context: RowContext): TemplateResult {
  const { item, first, last } = row;
  const { l, acts } = context;
  const own = item.own ? 'own' : 'in';
  const fresh = context.fresh.has(item.key) ? 'fresh' : '';
  const place = `${first ? 'first' : ''} ${index === 0 ? 'top' : ''}`;
  return html`<li
    class="message ${own} ${place} ${fresh} ${item.state ?? ''}"
    part="message"
    aria-posinset=${index + 1}
    aria-setsize=${context.size}
  >
    ${
      first
        ? html`<span
            class="visually-hidden"
            .textContent=${`${authorName(item, context)}:`}
          ></span>`
        : nothing
    }${
      acts.isEditing(item)
        ? acts.renderField(item, l)
        : html`<div class="line" @pointerup=${item.own ? context.onTap : nothing}>
            <conv-message
              .item=${item}
              .source=${context.source}
              .mentioned=${mentioned(item, context)}
              ?last=${last}
            ></conv-message
            >${item.own ? acts.renderButtons(item, context.stop, l) : renderAuthor(row, context)}
          </div>`
    }${
      item.email || acts.key === item.key
        ? [
            acts.renderQuestion(item, l),
            renderEmailLine(item, l, context.onRetryEmail),
            renderMeta(row, context),
          ]
        : renderMeta(row, context)
    }
  </li>`;
}

function renderAuthor(
  { item, last }: MessageRow,
  context: RowContext,
): TemplateResult | typeof nothing {
  if (!last) return nothing;
  const { id } = item.author;
  const { name, avatarUrl } = shownAuthor(item, context);
  return html`<conv-avatar
    name=${name ?? ''}
    person-id=${id ?? ''}
    .src=${avatarUrl}
  ></conv-avatar>`;
}

const nobody: readonly string[] = [];

/** Names of the agents whom a comment names. */
function mentioned(item: ThreadItem, { agents }: RowContext): readonly string[] {
  if (item.mentions.length === 0) return nobody;
  return item.mentions.flatMap((id) => agents.get(id)?.name ?? []);
}

function renderMeta(row: MessageRow, context: RowContext): TemplateResult | typeof nothing {
  const { item, last } = row;
  const { l, now } = context;
  if (item.state === 'failed') return renderFailed(item, context);
  const state = shownState(item, context);
  if (!last && !state) return nothing;
  const at = item.createdAt;
  const { short, full, iso } = timesOf(item, l);
  const time = now - at < minute ? ago(l, at, now) : short;
  return html`<p class="meta" part="meta">
    <span aria-hidden="true"><bdi .textContent=${shortName(item, context)}></bdi> · </span
    ><time datetime=${iso} title=${full} .textContent=${time}></time
    >${state ? html`<span class="state-of"> · ${l.term(`state.${state}`)}</span>` : nothing}
  </p>`;
}

interface Times {
  l: Localizer<InboxStrings>;
  short: string;
  full: string;
  iso: string;
}

const times = new WeakMap<ThreadItem, Times>();

/** Rows are rendered often, and a time never changes. */
function timesOf(item: ThreadItem, l: Localizer<InboxStrings>): Times {
  let known = times.get(item);
  if (known?.l !== l) {
    const at = item.createdAt;
    known = { l, short: l.time(at), full: l.fullTime(at), iso: new Date(at).toISOString() };
    times.set(item, known);
  }
  return known;
}

function shownState(item: ThreadItem, { lastOwn }: RowContext): ThreadItem['state'] {
  if (item.state === null || item.deletedAt !== null) return null;
  if (item.state === 'queued' || item.state === 'sending') return item.state;
  // How an email fares stands in its own line.
  return item.key === lastOwn && !item.email ? item.state : null;
}

function renderFailed(item: ThreadItem, context: RowContext): TemplateResult {
  const { l } = context;
  return html`<p class="failed" part="meta">
    <span
      >${l.term('state.failed')}${item.error ? html`: ${errorText(l, item.error.code)}` : nothing}</span
    >
    <span class="ways">
      <button type="button" data-key=${item.key} @click=${context.onRetry}>
        ${l.term('retry')}
      </button>
      <button type="button" data-key=${item.key} @click=${context.onDiscard}>
        ${l.term('discard')}
      </button>
    </span>
  </p>`;
}

/** A conversation has one contact: what they are called now goes for what they wrote before. */
function shownAuthor(
  { author }: ThreadItem,
  { contact }: RowContext,
): Pick<Contact, 'name' | 'avatarUrl'> {
  return author.type === 'contact' && contact ? contact : author;
}

function authorName(item: ThreadItem, context: RowContext): string {
  if (item.own) return context.l.term('thread.you');
  return shownAuthor(item, context).name ?? context.l.term('contact.visitor');
}

/** The first word of a name is what people call each other. */
function shortName(item: ThreadItem, context: RowContext): string {
  const name = authorName(item, context);
  return item.own ? name : (name.split(/\s+/)[0] ?? name);
}
