import { inTime, type ContractRunner } from './contract/bench.js';
import { assemble, type ServerHarness, type ServerTest } from './contract/cast.js';
import { contactsContract } from './contract/contacts.js';
import { conversationsContract } from './contract/conversations.js';
import { mailContract } from './contract/mail.js';
import { searchContract } from './contract/search.js';
import { teamContract } from './contract/team.js';
import { widgetContract } from './contract/widget.js';

export type { ServerHarness } from './contract/cast.js';

/** The suite needs to be told when it is done, besides what a suite of transports needs. */
export interface ServerRunner extends ContractRunner {
  before(hook: () => Promise<void>): void;
  after(hook: () => Promise<void>): void;
}

/**
 * What a client of the inbox depends on, through any transport to any server. All tests share one
 * server; each makes the visitors and conversations that it needs.
 */
export function serverContract(
  { describe, it, before, after }: ServerRunner,
  name: string,
  createHarness: () => ServerHarness | Promise<ServerHarness>,
): void {
  describe(`server contract: ${name}`, () => {
    let harness: ServerHarness | null = null;
    before(async () => {
      harness = await createHarness();
    });
    after(async () => {
      await harness?.close();
    });
    const test: ServerTest = (title, body) =>
      it(title, async () => {
        if (!harness) throw new Error('The server did not start.');
        const cast = assemble(harness);
        try {
          await inTime(body(cast));
        } finally {
          cast.leave();
        }
      });

    describe('search', () => searchContract(test));
    describe('conversations', () => conversationsContract(test));
    describe('contacts', () => contactsContract(test));
    describe('mail', () => mailContract(test));
    describe('a team', () => teamContract(test));
    describe('a widget', () => widgetContract(test));
  });
}
