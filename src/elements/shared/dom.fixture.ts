import { nextFrame } from '@open-wc/testing';

/** Waits, frame by frame, until `read` gives something that is not null, false or undefined. */
export async function until<Value>(
  read: () => Value | null | undefined | false,
  what = 'what was waited for',
): Promise<Value> {
  for (let frame = 0; frame < 120; frame++) {
    const value = read();
    if (value !== null && value !== undefined && value !== false) return value;
    await nextFrame();
  }
  throw new Error(`${what} did not come`);
}

/** The element's shadow root; it was rendered. */
export function rootOf(element: Element): ShadowRoot {
  if (!element.shadowRoot) throw new Error('It has no shadow root.');
  return element.shadowRoot;
}

export function find<Found extends HTMLElement = HTMLElement>(
  element: Element,
  selector: string,
): Found | null {
  return rootOf(element).querySelector<Found>(selector);
}

export function findAll<Found extends HTMLElement = HTMLElement>(
  element: Element,
  selector: string,
): Found[] {
  return [...rootOf(element).querySelectorAll<Found>(selector)];
}

/** Text as it is read, with single spaces. */
export function words(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The focused element, through shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Once nothing in it moves or fades any more: contrast is measured then. */
export async function stood(element: Element): Promise<void> {
  // What was rendered just now begins to move with the next frame.
  await nextFrame();
  const animations = rootOf(element).getAnimations();
  await Promise.all(animations.map(({ finished }) => finished.catch(() => undefined)));
}
