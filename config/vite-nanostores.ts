import type { Plugin } from 'vite';

const shared = '(globalThis.nanostoresGlobal ||= { epoch: 0 })';

/**
 * Nano Stores counts changes in a global, for bundles that hold it twice and share stores. The widget
 * holds it once and shares none: what it brings to a page stays its own.
 */
export function ownNanostores(): Plugin {
  return {
    name: 'own-nanostores',
    apply: 'build',
    transform: {
      filter: { id: /\/node_modules\/nanostores\/atom\/index\.js$/ },
      handler(code) {
        if (!code.includes(shared)) throw new Error(`Nano Stores no longer holds ${shared}.`);
        return { code: code.replace(shared, '{ epoch: 0 }'), map: null };
      },
    },
  };
}
