import { memoryFanout } from './fanout.js';
import { fanoutContract } from './fanout.contract.js';

fanoutContract('memory', () => {
  const fanout = memoryFanout();
  return Promise.resolve({ nodes: [fanout, fanout, fanout] as const });
});
