/**
 * Types of the elements for JSX of React 19; `import 'convkit/react'` once, it has no code.
 *
 * Properties stand under their own names (`conversationId`), attributes under theirs, events as
 * `on` and their name: `onconv-message-sent`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ElementEvents, ElementProps, ElementTag } from './element-props.js';

type EventProps = {
  [Name in keyof ElementEvents & string as `on${Name}`]?:
    ((event: ElementEvents[Name]) => void) | undefined;
};

type HTMLProps<Element> = DetailedHTMLProps<HTMLAttributes<Element>, Element>;

/** What a tag of this package takes in JSX. */
export type ReactElementProps<Tag extends ElementTag> = Omit<
  HTMLProps<HTMLElementTagNameMap[Tag]>,
  keyof ElementProps<Tag>
> &
  ElementProps<Tag> &
  EventProps & { class?: string | undefined };

type ReactElements = { [Tag in ElementTag]: ReactElementProps<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactElements {}
  }
}
