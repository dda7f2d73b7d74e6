import { render } from 'lit';
import { localizerFor } from '../../i18n/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import type { ThreadItem } from '../../store/thread-item.js';
import type { ConvAvatar } from '../conv-avatar/conv-avatar.js';
import type { ConvMessage } from '../conv-message/conv-message.js';
import { threadRows } from '../shared/thread-rows.js';
import { whenIdle } from '../shared/when-idle.js';
import type { ConvThread } from './conv-thread.js';
import { MessageActs } from './message-acts.js';
import { renderRow, type RowContext } from './render-rows.js';

/**
 * Makes what a first thread would wait for while the page has nothing else to do, such as while its
 * server answers: the browser's formats of times take longer than all rows of a view, sheets of
 * styles are parsed, and rows are rendered once where nobody sees them, so that their templates and
 * their code are ready.
 */
export function prepareThread(
  Thread: typeof ConvThread,
  Message: typeof ConvMessage,
  Avatar: typeof ConvAvatar,
): void {
  whenIdle(() => {
    const l = localizerFor(document.documentElement.lang || navigator.language, inboxEnglish);
    l.time(0);
    l.fullTime(0);
    l.dayName(0, 0);
    for (const { elementStyles } of [Thread, Message, Avatar]) {
      for (const style of elementStyles) if ('styleSheet' in style) void style.styleSheet;
    }
    rehearse({
      l,
      now: 0,
      lastOwn: null,
      size: -1,
      fresh: new Set(),
      stop: null,
      acts: new MessageActs(new Thread(), () => undefined),
      source: undefined,
      onRetry: nothingDone,
      onDiscard: nothingDone,
      onTap: nothingDone,
      onRetryEmail: nothingDone,
      agents: new Map(),
      contact: null,
    });
  });
}

function nothingDone(): void {}

/** The least of a message. */
const asked: ThreadItem = {
  key: 'asked',
  id: 'asked',
  position: 1,
  own: false,
  kind: 'reply',
  author: { type: 'contact', id: null, name: null, avatarUrl: null },
  text: ' ',
  format: 'plain',
  system: null,
  email: null,
  attachments: [],
  mentions: [],
  state: null,
  error: null,
  createdAt: 0,
  editedAt: null,
  deletedAt: null,
};

const answered: ThreadItem = {
  ...asked,
  key: 'answered',
  own: true,
  author: { ...asked.author, type: 'agent' },
  state: 'sent',
};

/** Renders a row of each side outside of any document. */
function rehearse(context: RowContext): void {
  const list = document.createElement('ol');
  const rows = threadRows([asked, answered], null);
  const shown = rows.map((row, index) => renderRow({ key: row.key, row, index }, context));
  render(shown, list);
  for (const part of list.querySelectorAll('conv-message, conv-avatar')) {
    render((part as ConvMessage | ConvAvatar).render(), document.createElement('div'));
  }
}
