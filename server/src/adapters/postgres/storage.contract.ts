import { accessContract } from './contract/access.js';
import { attachmentsContract } from './contract/attachments.js';
import { changesContract } from './contract/changes.js';
import { concurrencyContract } from './contract/concurrency.js';
import { conversationsContract } from './contract/conversations.js';
import { messagesContract } from './contract/messages.js';
import { peopleContract } from './contract/people.js';
import { schemaContract } from './contract/schema.js';
import { searchContract } from './contract/search.js';
import type { Runner, Subject } from './contract/subject.js';
import { transactionsContract } from './contract/transactions.js';

/** What every database that `Storage` runs on must keep. Each test has a workspace of its own. */
export function storageContract(runner: Runner, subject: Subject): void {
  schemaContract(runner, subject);
  peopleContract(runner, subject);
  accessContract(runner, subject);
  conversationsContract(runner, subject);
  messagesContract(runner, subject);
  attachmentsContract(runner, subject);
  transactionsContract(runner, subject);
  changesContract(runner, subject);
  searchContract(runner, subject);
  concurrencyContract(runner, subject);
}
