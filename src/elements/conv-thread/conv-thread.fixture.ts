import { aTimeout, fixture, html, nextFrame } from '@open-wc/testing';
import type { AgentClient } from '../../store/agent-client.js';
import {
  find,
  findAll,
  me,
  minute,
  openOffice,
  rootOf,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvThread } from './conv-thread.js';
import './conv-thread.js';

/** The thread of one conversation, 480 px high, once it shows a message. */
export async function openThread(client: AgentClient, id = 'cv_maja'): Promise<ConvThread> {
  const thread = await fixture<ConvThread>(
    html`<conv-thread .client=${client} .conversationId=${id}></conv-thread>`,
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 480px }');
  thread.shadowRoot?.adoptedStyleSheets.push(sheet);
  await until(() => find(thread, '.message'));
  await painted();
  return thread;
}

export const bubbles = (thread: ConvThread): string[] =>
  findAll(thread, '.message conv-message').map((one) => words(find(one, '.bubble')));

export const scroller = (thread: ConvThread): HTMLElement => find(thread, '.scroller')!;

export const button = (thread: ConvThread, name: string): HTMLElement | undefined =>
  findAll(thread, 'button').find((one) => one.getAttribute('aria-label') === name);

export const below = (thread: ConvThread): number => {
  const { scrollHeight, scrollTop, clientHeight } = scroller(thread);
  return scrollHeight - scrollTop - clientHeight;
};

/** A row by the text of its message. */
export const rowOf = (thread: ConvThread, text: string): HTMLElement | undefined =>
  findAll(thread, '.message').find(
    (row) => words(find(row.querySelector('conv-message')!, '.text')) === text,
  );

/** Where a message stands below the top of the log, in px. */
export const place = (thread: ConvThread, text: string): number =>
  (rowOf(thread, text)?.getBoundingClientRect().top ?? NaN) -
  scroller(thread).getBoundingClientRect().top;

/** The text of the first message that begins in the view. */
export const reading = (thread: ConvThread): string => {
  const top = scroller(thread).getBoundingClientRect().top;
  const row = findAll(thread, '.message').find((one) => one.getBoundingClientRect().top >= top)!;
  return words(find(row.querySelector('conv-message')!, '.text'));
};

/** What a frame shows is known once its observers of sizes were told, after its callbacks. */
export async function painted(frames = 1): Promise<void> {
  for (let frame = 0; frame < frames; frame++) {
    await nextFrame();
    await aTimeout(0);
  }
}

/** A conversation of many messages, two minutes apart, each third by oneself. */
export function longOffice(count = 130): Office {
  return openOffice([
    {
      id: 'cv_maja',
      contact: { id: 'ct_maja', name: 'Maja Lindqvist' },
      readBy: [me],
      messages: Array.from({ length: count }, (_, at) => ({
        text: `Message ${at + 1}`,
        agoMs: (count - at) * 2 * minute,
        ...(at % 3 === 0 ? { by: me } : {}),
      })),
    },
  ]);
}

/** Until nothing fades in any more: colours are only then what they are. */
export async function calm(thread: ConvThread): Promise<void> {
  const animations = rootOf(thread).getAnimations();
  await Promise.all(animations.map(({ finished }) => finished.catch(() => undefined)));
}
