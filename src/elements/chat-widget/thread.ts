import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../../i18n/index.js';
import type { Thread, ThreadItem, Typist } from '../../store/thread-item.js';
import type { VisitorClient } from '../../store/visitor-client.js';
import { chatIcon } from '../shared/chat-icons.js';
import { threadRows, type MessageRow, type ThreadRow } from '../shared/thread-rows.js';
import '../conv-avatar/conv-avatar.js';
import '../conv-message/conv-message.js';
import type { Scene } from './scene.js';
import type { WidgetParts } from './widget-parts.js';

export interface ThreadView {
  /** Undefined until there is a client. */
  thread: Thread | undefined;
  typing: readonly Typist[];
  client: VisitorClient | undefined;
  localizer: Localizer;
  own: Scene['own'];
  trouble: WidgetParts['trouble'];
  onReload: () => void;
}

/** A view with what the buttons of all its messages do: to the one named in their `data-key`. */
interface Shown extends ThreadView {
  onRetry: (event: Event) => void;
  onDiscard: (event: Event) => void;
}

const keyOf = (event: Event): string => (event.currentTarget as HTMLElement).dataset['key'] ?? '';

/** The messages of one's own that carry a receipt. */
interface Told {
  lastOwn: ThreadItem | undefined;
  lastSeen: ThreadItem | undefined;
}

/** The messages, or what is shown where there are none. */
export function renderThread(view: ThreadView): TemplateResult | typeof nothing {
  const { thread, localizer } = view;
  if (!thread || (thread.status === 'loading' && thread.items.length === 0))
    return renderSkeleton(localizer);
  const { error } = thread;
  if (thread.status === 'error') {
    const onRetry = view.onReload;
    return view.trouble.when(true)?.renderError({ error, localizer, onRetry }) ?? nothing;
  }
  if (thread.items.length === 0) {
    return html`<slot name="empty">
        <div part="empty" class="notice">
          ${chatIcon()}
          <p>${view.own('empty') ?? localizer.term('chat.empty')}</p>
        </div>
      </slot>
      ${renderTyping(view)}`;
  }
  const rows = threadRows(thread.items.map(asWritten), null);
  const shown: Shown = {
    ...view,
    onRetry: (event) => view.client?.retry(keyOf(event)),
    onDiscard: (event) => view.client?.discard(keyOf(event)),
  };
  const told = {
    lastOwn: thread.items.findLast(({ own }) => own),
    lastSeen: thread.items.findLast(({ own, state }) => own && state === 'read'),
  };
  return html`
    ${
      thread.loadingOlder
        ? html`<p class="older" role="status">${localizer.term('thread.loadingOlder')}</p>`
        : nothing
    }
    ${repeat(
      rows,
      (row) => row.key,
      (row) => renderRow(row, shown, told),
    )}
    ${renderTyping(view)}
  `;
}

const written = new WeakMap<ThreadItem, ThreadItem>();

/** What the page showed by itself (S5.8) looks like a message of the team. */
function asWritten(item: ThreadItem): ThreadItem {
  const { system } = item;
  if (system?.type !== 'shown') return item;
  let shown = written.get(item);
  if (!shown) written.set(item, (shown = { ...item, kind: 'reply', text: system.text }));
  return shown;
}

function renderRow(row: ThreadRow, view: Shown, told: Told): TemplateResult | typeof nothing {
  switch (row.type) {
    case 'day':
      return html`<p part="day" class="day">
        ${view.localizer.dayName(row.at, view.client?.now() ?? Date.now())}
      </p>`;
    case 'new':
      return nothing;
    case 'message':
      return row.item.kind === 'system'
        ? html`<conv-message class="line" exportparts="system" .item=${row.item}></conv-message>`
        : renderMessage(row, view, told);
  }
}

function renderMessage({ item, last }: MessageRow, view: Shown, told: Told): TemplateResult {
  const { author } = item;
  return html`<div
    part="message"
    class="message ${item.own ? 'own' : 'theirs'} ${last ? 'last' : ''}"
  >
    ${
      last && !item.own
        ? html`<conv-avatar
            class="author"
            .name=${author.name ?? ''}
            .personId=${author.id ?? ''}
            .src=${author.avatarUrl}
          ></conv-avatar>`
        : nothing
    }
    <conv-message
      exportparts="bubble, text, attachment, picture, download"
      .item=${item}
      .source=${view.client}
      ?last=${last}
    ></conv-message>
    ${
      item.state === 'failed'
        ? renderFailure(item, view)
        : last
          ? renderMeta(item, view, told)
          : nothing
    }
  </div>`;
}

/** Author, time and receipt, once for a run of messages. */
function renderMeta(item: ThreadItem, { localizer }: ThreadView, told: Told): TemplateResult {
  const words = receipt(item, told, localizer);
  return html`<p part="meta" class="meta">
    ${item.own ? nothing : html`<bdi>${item.author.name ?? localizer.term('chat.team')}</bdi> · `}<time
      datetime=${new Date(item.createdAt).toISOString()}
      title=${localizer.fullTime(item.createdAt)}
      >${localizer.time(item.createdAt)}</time
    >${words === null ? nothing : html` · <span part="receipt">${words}</span>`}
  </p>`;
}

/** Told under the newest seen and the newest sent, and under each that is not stored yet. */
function receipt(item: ThreadItem, told: Told, localizer: Localizer): string | null {
  const { state } = item;
  if (state === null) return null;
  if (state === 'queued' || state === 'sending') return localizer.term('state.sending');
  if (item === told.lastSeen) return localizer.term('chat.seen');
  return item === told.lastOwn ? localizer.term('state.sent') : null;
}

function renderFailure(item: ThreadItem, { localizer, ...view }: Shown): TemplateResult {
  return html`<p part="failure" class="meta failure">
    <span>
      ${localizer.term('state.failed')}${
        item.error ? html` · ${localizer.error(item.error)}` : nothing
      }
    </span>
    <button class="inline-button" type="button" data-key=${item.key} @click=${view.onRetry}>
      ${localizer.term('retry')}
    </button>
    <button class="inline-button" type="button" data-key=${item.key} @click=${view.onDiscard}>
      ${localizer.term('discard')}
    </button>
  </p>`;
}

function renderTyping({ typing, localizer }: ThreadView): TemplateResult | typeof nothing {
  const [first] = typing;
  if (!first) return nothing;
  const names = typing.map(({ name }) => name ?? localizer.term('chat.team'));
  return html`<div part="typing" class="message theirs typing">
    <conv-avatar
      class="author"
      .name=${first.name ?? ''}
      .personId=${first.id}
      .src=${first.avatarUrl}
    ></conv-avatar>
    <span class="dots">
      <span class="dot"></span><span class="dot"></span><span class="dot"></span>
      <span class="visually-hidden">
        ${localizer.term('thread.typing', localizer.list(names), names.length)}
      </span>
    </span>
  </div>`;
}

/** Holds the final layout while the conversation loads. */
function renderSkeleton(localizer: Localizer): TemplateResult {
  return html`<div part="skeleton" class="skeleton">
    <span class="visually-hidden" role="status">${localizer.term('chat.loading')}</span>
    <span class="bone own"></span>
    <span class="bone"></span>
    <span class="bone short"></span>
    <span class="bone own short"></span>
  </div>`;
}
