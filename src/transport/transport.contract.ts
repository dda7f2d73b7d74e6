import {
  inTime,
  type ContractRunner,
  type ContractTest,
  type TransportHarness,
} from './contract/bench.js';
import { connectionContract } from './contract/connection.js';
import { presenceContract } from './contract/presence.js';
import { pushesContract } from './contract/pushes.js';
import { topicsContract } from './contract/topics.js';

export type { ContractRunner, TransportHarness } from './contract/bench.js';

/** The contract that every transport passes. */
export function transportContract(
  { describe, it }: ContractRunner,
  name: string,
  createHarness: () => TransportHarness | Promise<TransportHarness>,
): void {
  const test: ContractTest = (title, body) =>
    it(title, async () => {
      const harness = await createHarness();
      try {
        await inTime(body(harness));
      } finally {
        await harness.close();
      }
    });

  describe(`transport contract: ${name}`, () => {
    describe('connection', () => connectionContract(test));
    describe('topics', () => topicsContract(test));
    describe('pushes', () => pushesContract(test));
    describe('presence', () => presenceContract(test));
  });
}
