import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { ThreadItem } from '../../store/thread-item.js';
import { chatIcon } from '../shared/chat-icons.js';
import { threadRows, type MessageRow } from '../shared/thread-rows.js';
import '../conv-avatar/conv-avatar.js';
import '../conv-message/conv-message.js';
import { renderRows } from './keyed-rows.js';
import type { WidgetView } from './panel.js';

/** The place of the messages, or what is shown where there are none. */
export function renderThread(view: WidgetView): unknown {
  const { stores, parts, localizer } = view;
  const thread = stores.thread.value;
  const typing = stores.typing.value;
  if (!thread || (thread.status === 'loading' && !thread.items[0]))
    return renderSkeleton(localizer);
  if (thread.status === 'error') return parts.trouble.when(true)?.renderError(view);
  return html`${
    thread.items[0]
      ? html`${
            thread.loadingOlder
              ? html`<p class="older" role="status">${localizer.term('thread.loadingOlder')}</p>`
              : nothing
          }
          <div class="messages"></div>`
      : html`<slot name="empty">
          <div part="empty" class="notice">
            ${chatIcon()}
            <p>${parts.scene.own('empty') ?? localizer.term('chat.empty')}</p>
          </div>
        </slot>`
  }
  ${typing?.[0] ? parts.typing.when(true)?.render(typing) : nothing}`;
}

/** Puts the messages into their place. */
export function fillThread(place: Element, view: WidgetView): void {
  const { items = [] } = view.stores.thread.value ?? {};
  const last = items.findLast(({ own }) => own);
  const seen = items.findLast(({ own, state }) => own && state === 'read');
  const { localizer, parts } = view;
  const now = parts.scene.client()?.now() ?? Date.now();

  /** Told under the newest seen and the newest sent, and under each that is not stored yet. */
  const receipt = (item: ThreadItem): string | undefined => {
    const { state } = item;
    if (state === 'queued' || state === 'sending') return localizer.term('state.sending');
    if (item === seen) return localizer.term('chat.seen');
    return item === last ? localizer.term('state.sent') : undefined;
  };

  renderRows(place, threadRows(items.map(asWritten), null), (row) => {
    if (row.type === 'day')
      return html`<p part="day" class="day">${localizer.dayName(row.at, now)}</p>`;
    return row.type === 'message' ? renderMessage(row, view, receipt) : nothing;
  });
}

/** What the page showed by itself (S5.8) looks like a message of the team. */
function asWritten(item: ThreadItem): ThreadItem {
  const { system } = item;
  return system?.type === 'shown' ? { ...item, kind: 'reply', text: system.text } : item;
}

function renderMessage(
  { item, last }: MessageRow,
  { parts, localizer }: WidgetView,
  receipt: (item: ThreadItem) => string | undefined,
): TemplateResult {
  const { author, own, createdAt } = item;
  if (item.kind === 'system')
    return html`<conv-message class="line" exportparts="system" .item=${item}></conv-message>`;
  const words = receipt(item);
  return html`<div part="message" class="message ${own ? 'own' : 'theirs'} ${last ? 'last' : ''}">
    ${
      last && !own
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
      .source=${parts.scene.client()}
      ?last=${last}
    ></conv-message>
    ${
      item.state === 'failed'
        ? parts.trouble.when(true)?.renderFailure(item)
        : last
          ? // Author, time and receipt, once for a run of messages.
            html`<p part="meta" class="meta">
              ${own ? nothing : html`<bdi>${author.name ?? localizer.term('chat.team')}</bdi> · `}<time
                datetime=${new Date(createdAt).toISOString()}
                title=${localizer.fullTime(createdAt)}
                >${localizer.time(createdAt)}</time
              >${words ? html` · <span part="receipt">${words}</span>` : nothing}
            </p>`
          : nothing
    }
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
