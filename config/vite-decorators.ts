import type { Plugin } from 'vite';

const lean = `
export const property = (options) => (prototype, name) => {
  const accessor = Object.hasOwn(prototype, name);
  prototype.constructor.createProperty(name, options);
  return accessor ? Object.getOwnPropertyDescriptor(prototype, name) : undefined;
};
`;

/**
 * Lit's `property` (and `state`, which is made of it) serves the decorators of the standard too; the
 * code here has TypeScript's alone, for which this is all that it does.
 */
export function leanDecorators(): Plugin {
  return {
    name: 'lean-decorators',
    apply: 'build',
    load: {
      filter: { id: /\/@lit\/reactive-element\/decorators\/property\.js$/ },
      handler: () => lean,
    },
  };
}
