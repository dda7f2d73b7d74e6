/**
 * Types of the elements for templates of Vue 3; `import 'convkit/vue'` once, it has no code.
 *
 * Tell Vue's compiler that the tags are custom elements (`isCustomElement`), then
 * `<conv-thread :conversation-id="id" @conv-message-sent="sent">` is checked by `vue-tsc`.
 */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { ElementEvents, ElementProps, ElementTag } from './element-props.js';

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;

type EventProps = {
  [Name in keyof ElementEvents & string as `on${Capitalize<Camel<Name>>}`]?:
    ((event: ElementEvents[Name]) => void) | undefined;
};

/** What a tag of this package takes in a template. */
export type VueElementProps<Tag extends ElementTag> = Omit<
  HTMLAttributes,
  keyof ElementProps<Tag>
> &
  PublicProps &
  ElementProps<Tag> &
  EventProps;

type VueElement<Tag extends ElementTag> = new () => HTMLElementTagNameMap[Tag] & {
  $props: VueElementProps<Tag>;
};

type VueElements = { [Tag in ElementTag]: VueElement<Tag> };

declare module 'vue' {
  /** Where a host's own element stands in one of this package. */
  interface HTMLAttributes {
    slot?: string | undefined;
  }
  interface GlobalComponents extends VueElements {}
}
