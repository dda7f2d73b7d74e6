import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Of Phoenix's client only long polling is bundled, from its sources, which leaves its socket,
 * channels and presence out: the kit has its own.
 */
export function leanPhoenix(): Plugin {
  return {
    name: 'lean-phoenix',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^phoenix$/ },
      handler: () => ({ id: path('phoenix/phoenix-longpoll.js'), moduleSideEffects: false }),
    },
  };
}
