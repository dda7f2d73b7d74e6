/** A server in a process of its own that tells by how much its memory grew at most. */
import { startFixture } from './app-fixture.js';

const [visitors = '1'] = process.argv.slice(2);
const fixture = await startFixture();
const tokens: string[] = [];
for (let count = 0; count < Number(visitors); count++) tokens.push((await fixture.visitor()).token);

let least = 0;
let most = 0;
let timer: NodeJS.Timeout | undefined;

/** What files could be held in, the heap and buffers beside it, without what is dropped already. */
const used = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

process.on('message', (message) => {
  if (message === 'start') {
    least = most = used();
    timer = setInterval(() => (most = Math.max(most, used())), 250);
    process.send?.('started');
  } else if (message === 'stop') {
    clearInterval(timer);
    process.send?.({ grown: most - least });
  } else {
    void fixture.close().then(() => process.disconnect());
  }
});
process.send?.({ url: fixture.url, tokens });
