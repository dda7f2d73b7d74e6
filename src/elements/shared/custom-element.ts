import { type } from '../../tokens/index.js';

/**
 * Defines a custom element unless the page already has one of that name: a page may carry the kit
 * twice (a script tag and a bundle), and the second must not throw.
 */
export const customElement =
  (tag: string) =>
  (constructor: CustomElementConstructor): void => {
    type.registerTextSize();
    if (!customElements.get(tag)) customElements.define(tag, constructor);
  };
