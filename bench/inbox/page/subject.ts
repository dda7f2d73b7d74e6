/** A kit in a page of its own, as the measurements drive it. */
export interface Subject {
  /** Fills a server in this page, which would be elsewhere: its memory is not counted. */
  serve?(texts: readonly string[]): Promise<void>;
  /** What has come before anything is shown: the messages, as this kit takes them. */
  prepare(texts: readonly string[]): Promise<void>;
  /** Shows the prepared thread in `place`, which has a size. */
  mount(place: HTMLElement): void;
  /** The element that scrolls; null until it is there. */
  scroller(): HTMLElement | null;
  /** Rendered rows in their order, or null until there are any. */
  rows(): Element | null;
  /** The other side writes, on a server in this page, which would be elsewhere: it takes no time of this kit's. */
  write?(text: string): Promise<void>;
  /** The other side's message arrives. */
  append(text: string): void;
  /** Whether a message before those that were there at first has come; only where older are fetched. */
  hasOlder?(): boolean;
}

declare global {
  interface Window {
    subject: Subject;
  }
}
