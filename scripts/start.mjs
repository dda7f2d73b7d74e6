/** `npm start`: builds what is stale, then runs the built server in this process. */
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';

await buildIfStale();
const cli = new URL('../server/dist/cli.js', import.meta.url);
process.argv = [process.argv[0], fileURLToPath(cli), 'start', ...process.argv.slice(2)];
await import(cli.href);
