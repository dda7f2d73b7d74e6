/**
 * A server whose files lie on a disk that is full after two megabytes, for a test that runs it
 * where it may mount one. Prints a line of JSON, then waits for its input to end.
 */
import { once } from 'node:events';
import { startFixture } from './app-fixture.js';

const [filesDir = ''] = process.argv.slice(2);
const fixture = await startFixture({ environment: { FILES_DIR: filesDir } });
const { token } = await fixture.visitor();
process.stdout.write(`${JSON.stringify({ url: fixture.url, token })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await fixture.close();
