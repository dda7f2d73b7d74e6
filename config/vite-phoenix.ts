import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const sources = path('../node_modules/phoenix/assets/js/phoenix/');

/** What long polling gets for `phoenix`, so that it is a chunk of its own. */
const longPoll = path('phoenix/phoenix-longpoll.js');

/** What the socket gets in place of Phoenix's own modules. */
const lean = new Set(['./ajax', './longpoll', './serializer']);

/**
 * Bundles Phoenix's client from its sources, so that long polling becomes a chunk of its own: the
 * socket holds it only as a default, and is always told its transport here. The socket's own copy
 * of long polling, the requests that go with it, and binary frames are left out: a fifth of it.
 */
export function leanPhoenix(): Plugin {
  return {
    name: 'lean-phoenix',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^phoenix$|^\.\/\w+$/ },
      handler(source, importer) {
        if (source === 'phoenix') {
          const polls = importer?.endsWith('/header-long-poll.ts');
          const id = polls ? longPoll : `${sources}index.js`;
          return { id, moduleSideEffects: false };
        }
        if (!importer?.startsWith(sources)) return null;
        return importer.endsWith('/socket.js') && lean.has(source)
          ? path(`phoenix/${source}.ts`)
          : { id: `${sources}${source}.js`, moduleSideEffects: false };
      },
    },
  };
}
