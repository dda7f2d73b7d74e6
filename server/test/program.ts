import { fileURLToPath } from 'node:url';

/** How a process of its own runs a module of this server, from source or compiled as these tests are. */
export interface Program {
  /** What comes after `node`. */
  words: string[];
  environment: Record<string, string>;
}

/** @param module under `server/` and without its ending, such as `src/cli` */
export function programOf(module: string): Program {
  const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (import.meta.url.endsWith('.js')) return { words: [path(`${module}.js`)], environment: {} };
  return {
    words: ['--import', import.meta.resolve('tsx'), path(`${module}.ts`)],
    environment: { TSX_TSCONFIG_PATH: path('tsconfig.json') },
  };
}
