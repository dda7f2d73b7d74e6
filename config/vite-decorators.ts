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

/** As the bundler writes what TypeScript's decorators mean. */
const onMember =
  /(\w+)\(\[(property|state)\(((?:[^()]|\([^()]*\))*)\)\], (\w+)\.prototype, ("\w+"), void 0\)/g;
const onClass = /(\w+) = \w+\(\[(customElement\("[\w-]+"\))\], \1\)/g;

/**
 * Tells Lit of each property by itself, for code whose decorators stand on fields and classes alone
 * (`config/vite-lit.ts` holds it to that): the decorators and their helper are not loaded.
 */
export function directProperties(): Plugin {
  return {
    name: 'direct-properties',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/.+\.ts$/, code: /@customElement|decorate/ },
      order: 'post',
      handler: (code) => ({
        code: code
          .replace(onMember, (_, _helper, kind: string, options: string, name, key: string) => {
            const given = kind === 'state' ? '{ state: true }' : options;
            return `${name as string}.createProperty(${[key, given].filter(Boolean).join(', ')})`;
          })
          .replace(onClass, '$2($1)'),
        map: null,
      }),
    },
  };
}
