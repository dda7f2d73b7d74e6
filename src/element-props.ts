import type { LitElement } from 'lit';
import type { ChatEventMap } from './elements/chat-widget/events.js';
import type {} from './index.js';

/** The tags that this package defines. */
export type ElementTag = Extract<keyof HTMLElementTagNameMap, `conv-${string}` | 'chat-widget'>;

/** Every public event. All of them bubble: an element may also hear those of what stands in it. */
export type ElementEvents = Pick<
  HTMLElementEventMap,
  Extract<keyof HTMLElementEventMap, `conv-${string}`>
> &
  ChatEventMap;

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Public properties that may be set: no methods, nothing that is only read. */
type SettableKey<E> = {
  [K in Exclude<keyof E, keyof LitElement>]: K extends string
    ? E[K] extends (...args: never[]) => unknown
      ? never
      : Same<{ [P in K]: E[K] }, { -readonly [P in K]: E[K] }> extends true
        ? K
        : never
    : never;
}[Exclude<keyof E, keyof LitElement>];

/** `conversationId` as `conversation-id`. */
type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Uppercase<First> ? (First extends Lowercase<First> ? First : `-${Lowercase<First>}`) : First}${Kebab<Rest>}`
  : Name;

type Settable<E> = { [K in SettableKey<E>]?: E[K] | undefined };

type Attributes<E> = {
  [
    K in SettableKey<E> & string as NonNullable<E[K]> extends string | number | boolean
      ? Kebab<K>
      : never
  ]?: E[K] | undefined;
};

/** What may be set on an element of this kind, by property and by attribute. */
export type ElementProps<Tag extends ElementTag> = Settable<HTMLElementTagNameMap[Tag]> &
  Attributes<HTMLElementTagNameMap[Tag]>;
