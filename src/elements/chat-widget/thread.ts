import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../../i18n/index.js';
import type { FileSource } from '../../store/file-source.js';
import type { Thread, ThreadItem, Typist } from '../../store/thread-item.js';
import { chatIcon, warningIcon } from '../shared/chat-icons.js';
import { threadRows, type MessageRow, type ThreadRow } from '../shared/thread-rows.js';
import '../conv-avatar/conv-avatar.js';
import '../conv-message/conv-message.js';

export interface ThreadView {
  /** Undefined until there is a client. */
  thread: Thread | undefined;
  typing: readonly Typist[];
  /** Gives addresses of files. */
  source: FileSource | undefined;
  localizer: Localizer;
  /** Epoch ms on the server's clock. */
  now: number;
  /** These read the message's key from the `data-key` of the pressed button. */
  onRetry: (event: Event) => void;
  onDiscard: (event: Event) => void;
  onReload: () => void;
}

/** The messages of one's own that carry a receipt. */
interface Told {
  lastOwn: ThreadItem | undefined;
  lastSeen: ThreadItem | undefined;
}

/** The messages, or what is shown where there are none. */
export function renderThread(view: ThreadView): TemplateResult {
  const { thread, localizer } = view;
  if (!thread || (thread.status === 'loading' && thread.items.length === 0))
    return renderSkeleton(localizer);
  if (thread.status === 'error') {
    return html`<div part="error" class="notice">
      ${warningIcon()}
      <p>${thread.error ? localizer.error(thread.error) : nothing}</p>
      <button class="button" type="button" @click=${view.onReload}>
        ${localizer.term('chat.connectNow')}
      </button>
    </div>`;
  }
  if (thread.items.length === 0) {
    return html`<slot name="empty">
      <div part="empty" class="notice">
        ${chatIcon()}
        <p>${localizer.term('chat.empty')}</p>
      </div>
      ${renderTyping(view)}
    </slot>`;
  }
  const rows = threadRows(thread.items, null);
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
      (row) => renderRow(row, view, told),
    )}
    ${renderTyping(view)}
  `;
}

function renderRow(row: ThreadRow, view: ThreadView, told: Told): TemplateResult | typeof nothing {
  switch (row.type) {
    case 'day':
      return html`<p part="day" class="day">${view.localizer.dayName(row.at, view.now)}</p>`;
    case 'new':
      return nothing;
    case 'message':
      return row.item.kind === 'system'
        ? html`<conv-message class="line" exportparts="system" .item=${row.item}></conv-message>`
        : renderMessage(row, view, told);
  }
}

function renderMessage({ item, last }: MessageRow, view: ThreadView, told: Told): TemplateResult {
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
      .source=${view.source}
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

function renderFailure(item: ThreadItem, { localizer, ...view }: ThreadView): TemplateResult {
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
