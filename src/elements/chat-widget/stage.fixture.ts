import { fixture, html, nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import './chat-widget.js';
import '../conv-message/message-parts.js';
// At hand, so that a test waits for frames and never for files.
import './parts/choose.js';
import './parts/emoji.js';
import './parts/form.js';
import './parts/launcher.js';
import './parts/look.js';
import './parts/menu.js';
import './parts/powered-by.js';
import './parts/rating.js';
import './parts/sound.js';
import './parts/targeting.js';
import './parts/trouble.js';
import './parts/typing.js';
import type { ChatWidget } from './chat-widget.js';
import type { HandClient } from './chat-widget.fixture.js';

/** A widget with this client, and all that it shows. */
export async function staged(
  client: HandClient,
  change: Partial<ChatWidget> = {},
): Promise<ChatWidget> {
  const element = document.createElement('chat-widget');
  Object.assign(element, { client, ...change });
  const place = await fixture(html`<div></div>`);
  place.append(element);
  await drawn(element);
  return element;
}

/** The widget of a template, and all that it shows. */
export async function widget(template: TemplateResult): Promise<ChatWidget> {
  const element = await fixture<ChatWidget>(template);
  await drawn(element);
  return element;
}

/** After what was asked for has come, and sizes were observed. */
export async function drawn(element: ChatWidget): Promise<void> {
  await element.updateComplete;
  await nextFrame();
  await nextFrame();
  await element.updateComplete;
}

export const find = <Found extends HTMLElement = HTMLElement>(
  element: ChatWidget,
  selector: string,
): Found | null => element.shadowRoot?.querySelector<Found>(selector) ?? null;

/** It, where it has to be there. */
export function get<Found extends HTMLElement = HTMLElement>(
  element: ChatWidget,
  selector: string,
): Found {
  const found = find<Found>(element, selector);
  if (!found) throw new Error(`Nothing is ${selector}`);
  return found;
}

export const textOf = (element: ChatWidget, selector: string): string =>
  (find(element, selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();

export const called = (client: HandClient, name: string): unknown[][] =>
  client.calls.filter(([one]) => one === name).map(([, ...args]) => args);
