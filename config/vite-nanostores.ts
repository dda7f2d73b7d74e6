import type { Plugin } from 'vite';

/** Text of `nanostores/atom/index.js`, and what stands for it: nothing where that is left out. */
const cuts: readonly (readonly [text: string, instead?: string])[] = [
  // A count of changes in a global, for bundles that hold it twice and share stores.
  ['export const nanostoresGlobal = (globalThis.nanostoresGlobal ||= { epoch: 0 })'],
  ['      nanostoresGlobal.epoch++\n'],
  // Changes of several stores at once.
  ['let batchSeen = null'],
  [
    `    let pendingStores = batchSeen?.get(listenerQueue[i])
    if (pendingStores) {
      // An earlier call of this listener already covered this store
      if (!pendingStores.has(listenerQueue[i + 1])) continue
      // This call covers every store changed so far.
      // A store changed after it queues the listener again.
      pendingStores.clear()
    }
`,
  ],
  [
    `export const batch = fn => {
  let outer = !batchSeen
  if (outer) batchSeen = new Map()
  try {
    fn()
  } finally {
    if (outer) {
      try {
        if (listenerQueue.length) drainQueue()
      } finally {
        batchSeen = null
      }
    }
  }
}
`,
  ],
  ['        batchSeen?.get(listener)?.delete($atom)\n'],
  [
    `        if (batchSeen) {
          let pendingStores = batchSeen.get(listener)
          if (!pendingStores) {
            batchSeen.set(listener, (pendingStores = new Set()))
          }
          if (pendingStores.has($atom)) continue
          pendingStores.add($atom)
        }
`,
  ],
  [' && !batchSeen'],
  // Which key of a map it was.
  [',\n          batchSeen ? undefined : changedKey'],
  [',\n        listenerQueue[i + 3]'],
  ['notify(oldValue, changedKey)', 'notify(oldValue)'],
  ['QUEUE_ITEMS_PER_LISTENER = 4', 'QUEUE_ITEMS_PER_LISTENER = 3'],
  // Another way to compare, and what a store began with.
  ['    eq: Object.is,\n'],
  ['$atom.eq(', 'Object.is('],
  ['    init: initialValue,\n'],
];

/**
 * The widget holds Nano Stores once, shares no store with another bundle, and has atoms only: what it
 * brings to a page stays its own, and the rest is left out. Each cut names the text that it takes, so
 * that another version, or code that imports what is gone, stops the build.
 */
export function ownNanostores(): Plugin {
  return {
    name: 'own-nanostores',
    apply: 'build',
    transform: {
      filter: { id: /\/node_modules\/nanostores\/(?:atom\/)?index\.js$/ },
      handler(code, id) {
        if (!id.includes('/atom/'))
          return { code: "export { atom } from './atom/index.js'", map: null };
        let result = code;
        for (const [text, instead = ''] of cuts) {
          if (!result.includes(text)) throw new Error(`Nano Stores no longer holds ${text}`);
          result = result.replace(text, () => instead);
        }
        return { code: result, map: null };
      },
    },
  };
}
