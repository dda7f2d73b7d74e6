import { settled, untilPainted } from './frames.js';
import { countNodes, isInView } from './look.js';
import { makeTexts, mark, text } from './texts.js';

/** What the harness calls from outside, by name. */
export interface Acts {
  serve(count: number): Promise<void>;
  prepare(): Promise<void>;
  /** ms until the last message is in view. */
  firstPaint(): Promise<number>;
  /** ms to the first message, or to older ones where they are fetched, and back to the last. */
  scroll(): Promise<number>;
  /** ms from the arrival of a message of the other side until it is in view. */
  append(): Promise<number>;
  /** Nodes of what scrolls. */
  nodes(): number;
}

declare global {
  interface Window {
    acts: Acts;
  }
}

let count = 0;
let texts: string[] = [];

const shows = (end: 'first' | 'last', index: number): boolean =>
  isInView(window.subject.rows(), window.subject.scroller(), end, mark(index));

window.acts = {
  async serve(messages) {
    count = messages;
    texts = makeTexts(messages);
    await window.subject.serve?.(texts);
    await settled();
  },
  async prepare() {
    await window.subject.prepare(texts);
    await settled();
  },
  async firstPaint() {
    const place = document.querySelector<HTMLElement>('#place');
    if (!place) throw new Error('The page has no place for it.');
    const ms = await untilPainted(
      () => window.subject.mount(place),
      () => shows('last', count - 1),
    );
    await settled(300);
    return ms;
  },
  async scroll() {
    const { subject } = window;
    const scroller = subject.scroller();
    if (!scroller) throw new Error('Nothing scrolls.');
    const older = subject.hasOlder?.bind(subject);
    // Asked again in each frame, as by a key that is held: heights may be known late.
    const up = await untilPainted(
      () => (scroller.scrollTop = 0),
      () => {
        const there = older ? older() : shows('first', 0);
        if (!there) scroller.scrollTop = 0;
        return there;
      },
    );
    await settled();
    const toEnd = (): void => void (scroller.scrollTop = scroller.scrollHeight);
    const down = await untilPainted(toEnd, () => {
      const there = shows('last', count - 1);
      if (!there) toEnd();
      return there;
    });
    await settled();
    return up + down;
  },
  async append() {
    const index = count++;
    const words = text(index);
    await window.subject.write?.(words);
    await settled();
    const ms = await untilPainted(
      () => window.subject.append(words),
      () => shows('last', index),
    );
    await settled();
    return ms;
  },
  nodes() {
    const scroller = window.subject.scroller();
    return scroller ? countNodes(scroller) : Number.NaN;
  },
};
