/**
 * The architecture as lint zones: imports run from a higher floor to a lower one only, and two
 * folders on one floor never import each other. `scripts/lint.test.mjs` holds every pair.
 */

/** Floors of `src/`, from the lowest up. */
export const floors = [
  ['domain'],
  ['protocol'],
  ['transport', 'content', 'i18n', 'tokens'],
  ['store'],
  ['context'],
  ['elements'],
  ['embed'],
];

/** They need the DOM: nothing below `context` may use them, though they lie lower than `store`. */
const domFolders = ['content', 'i18n', 'tokens'];
const belowContext = ['domain', 'protocol', 'transport', 'store'];

/** Every pair of folders in `src/` where the first must not import the second. */
export const forbiddenPairs = floors.flatMap((floor, height) =>
  floor.flatMap((importer) => {
    const upward = floors.slice(height).flat();
    const withoutDom = belowContext.includes(importer) ? domFolders : [];
    return [...new Set([...upward, ...withoutDom])]
      .filter((imported) => imported !== importer)
      .map((imported) => [importer, imported]);
  }),
);

const kitZones = [
  ...forbiddenPairs.map(([importer, imported]) => ({
    target: `./src/${importer}`,
    from: `./src/${imported}`,
    message: `${importer} must not import ${imported}: imports run downwards only.`,
  })),
  {
    target: './src',
    from: ['./server', './demo', './e2e', './bench', './scripts', './config'],
    message: 'The kit imports nothing from outside src.',
  },
];

/** Stands beside the floors: it may use any of them, and tests may use it. */
export const testingFolder = 'testing';

const entryZones = floors.flat().flatMap((folder) => [
  {
    target: `./src/${folder}`,
    from: './src/*.ts',
    message: 'Import the file that has it, not an entry of the package.',
  },
  {
    target: `./src/${folder}`,
    from: `./src/${testingFolder}`,
    message: 'Only tests use what is made for tests.',
  },
]);

const serverZones = [
  {
    target: './server/src',
    from: './src',
    except: ['./domain', './protocol'],
    message: 'The server may use domain and protocol of the kit, nothing else.',
  },
  {
    target: './server/test',
    from: './src',
    except: ['./domain', './protocol', './transport', './store', './testing', './testing.ts'],
    message: 'Tests of the server may use the kit up to its stores, nothing above.',
  },
  {
    target: './server/src/phoenix',
    from: './server/src',
    except: ['./phoenix'],
    message: 'The channel server knows nothing of chat.',
  },
  {
    target: './server/src/phoenix',
    from: './src',
    message: 'The channel server knows nothing of chat.',
  },
];

/** Folders of the server's own architecture, and what each must not import. */
const serverFolders = {
  usecases: ['adapters', 'channels', 'http', 'phoenix'],
  adapters: ['usecases', 'channels', 'http', 'phoenix'],
  channels: ['adapters', 'http'],
  http: ['adapters', 'channels'],
};

/** Every pair of folders in `server/src/` where the first must not import the second. */
export const forbiddenServerPairs = Object.entries(serverFolders).flatMap(([importer, list]) =>
  list.map((imported) => [importer, imported]),
);

const serverLayerZones = forbiddenServerPairs.map(([importer, imported]) => ({
  target: `./server/src/${importer}`,
  from: `./server/src/${imported}`,
  message: `${importer} must not import ${imported}: channels and http call usecases, which take ports.`,
}));

/** For tests: they may use `convkit/testing`, and build a use-case on real adapters. */
export const zones = [...kitZones, ...serverZones];
/** For everything else. */
export const layerZones = [...zones, ...entryZones, ...serverLayerZones];
