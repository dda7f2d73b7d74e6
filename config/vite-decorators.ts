import type { Plugin } from 'vite';

const property = `
export const property = (options) => (prototype, name) => {
  const accessor = Object.hasOwn(prototype, name);
  prototype.constructor.createProperty(name, options);
  return accessor ? Object.getOwnPropertyDescriptor(prototype, name) : undefined;
};
`;

const decorate = `
export default function decorate(decorators, target, key) {
  for (const one of decorators) {
    const made = one(target, key);
    if (made) Object.defineProperty(target, key, made);
  }
  return target;
}
`;

/**
 * Lit's `property` (and `state`, which is made of it) serves the decorators of the standard too, and
 * the bundler's helper all that TypeScript's can be. The code here has TypeScript's alone, one on a
 * member or a class, of which none replaces its class: this is all that they do.
 */
export function leanDecorators(): Plugin {
  return {
    name: 'lean-decorators',
    apply: 'build',
    load: {
      filter: { id: /\/@lit\/reactive-element\/decorators\/property\.js$/ },
      handler: () => property,
    },
    transform: {
      filter: { id: /[/+]runtime@[\d.]+\/helpers\/(?:esm\/)?decorate\.js$/ },
      handler(code, id) {
        if (!code.includes('function __decorate(decorators, target, key, desc)')) {
          throw new Error(`${id} is another helper than it was.`);
        }
        return { code: decorate, map: null };
      },
    },
  };
}
