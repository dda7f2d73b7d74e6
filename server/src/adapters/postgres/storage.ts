import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Repositories, Storage } from '../../ports.js';
import { createAgents } from './agents.js';
import { createAudit } from './audit.js';
import { createContacts } from './contacts.js';
import { createConversations } from './conversations.js';
import { createMarks } from './marks.js';
import { createMessages } from './messages.js';
import { RootScope } from './scope.js';
import type { Scope } from './scope.js';
import { createSessions } from './sessions.js';
import { createVisits } from './visits.js';
import { createWorkspaces } from './workspaces.js';

/** Storage over a pool whose database has all migrations. `close` also ends what lies under it. */
export function createStorage(pool: pg.Pool, close: () => Promise<void>): Storage {
  const scope = new RootScope(drizzle(pool));
  return {
    ...createRepositories(scope),
    transaction: (work) => scope.atomically((transaction) => work(createRepositories(transaction))),
    async ping() {
      await pool.query('select 1');
    },
    close,
  };
}

function createRepositories(scope: Scope): Repositories {
  return {
    workspaces: createWorkspaces(scope),
    agents: createAgents(scope),
    sessions: createSessions(scope),
    contacts: createContacts(scope),
    visits: createVisits(scope),
    conversations: createConversations(scope),
    messages: createMessages(scope),
    marks: createMarks(scope),
    audit: createAudit(scope),
  };
}
