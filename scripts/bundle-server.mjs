/** The server's bundle by tsdown's functions: its command tells whoever tries the server of Node's versions. */
import { build } from 'tsdown';

await build({ config: 'config/tsdown.config.ts', logLevel: 'warn' });
