import { CodedError } from '#kit/protocol/errors.js';
import type pg from 'pg';
import type { Archive } from '../../archive-ports.js';
import type { Repositories, Storage } from '../../ports.js';
import { createAccess } from './access.js';
import { createAgents } from './agents.js';
import { createAttachments } from './attachments.js';
import { createAudit } from './audit.js';
import { createChanges } from './changes.js';
import { createContacts } from './contacts.js';
import { createConversations } from './conversations.js';
import { createGroups } from './groups.js';
import { createEmails } from './emails.js';
import { createJobs } from './jobs.js';
import { createMarks } from './marks.js';
import { createMessages } from './messages.js';
import { createRemovals } from './removals.js';
import { RootScope } from './scope.js';
import type { Scope } from './scope.js';
import { createSearch } from './search.js';
import { createSavedTexts } from './saved-texts.js';
import { createSessions } from './sessions.js';
import { isOutage } from './sql-fault.js';
import { createVisits } from './visits.js';
import { createWorkspaces } from './workspaces.js';

const retryAfterOutageMs = 1_000;

/** Storage over a pool whose database has all migrations. `close` also ends what lies under it. */
export function createStorage(
  pool: pg.Pool,
  archive: Archive,
  close: () => Promise<void>,
): Storage {
  const scope = new RootScope(pool);
  const repositories = createRepositories(scope);
  const { workspaces, agents, groups, sessions, contacts, access, visits } = repositories;
  const { conversations, messages, attachments, marks, audit, jobs } = repositories;
  const { savedTexts, emails } = repositories;
  return {
    workspaces: tellingOutages(workspaces),
    agents: tellingOutages(agents),
    groups: tellingOutages(groups),
    sessions: tellingOutages(sessions),
    contacts: tellingOutages(contacts),
    access: tellingOutages(access),
    visits: tellingOutages(visits),
    conversations: tellingOutages(conversations),
    messages: tellingOutages(messages),
    attachments: tellingOutages(attachments),
    savedTexts: tellingOutages(savedTexts),
    emails: tellingOutages(emails),
    marks: tellingOutages(marks),
    audit: tellingOutages(audit),
    jobs: tellingOutages(jobs),
    changes: tellingOutages(createChanges(scope)),
    removals: tellingOutages(createRemovals(scope)),
    search: tellingOutages(createSearch(scope)),
    transaction: (work) =>
      scope
        .atomically((transaction) => work(createRepositories(transaction)))
        .catch(throwUnavailable),
    async ping() {
      await pool.query('select 1');
    },
    connections: () => ({
      total: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    archive,
    close,
  };
}

function createRepositories(scope: Scope): Repositories {
  return {
    workspaces: createWorkspaces(scope),
    agents: createAgents(scope),
    groups: createGroups(scope),
    sessions: createSessions(scope),
    contacts: createContacts(scope),
    access: createAccess(scope),
    visits: createVisits(scope),
    conversations: createConversations(scope),
    messages: createMessages(scope),
    attachments: createAttachments(scope),
    savedTexts: createSavedTexts(scope),
    emails: createEmails(scope),
    marks: createMarks(scope),
    audit: createAudit(scope),
    jobs: createJobs(scope),
  };
}

/** The same repository, whose calls reject with `unavailable` while the database is away. */
function tellingOutages<T extends object>(repository: T): T {
  return new Proxy(repository, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...input: unknown[]): Promise<unknown> => {
        try {
          return await (Reflect.apply(member, target, input) as Promise<unknown>);
        } catch (error) {
          return throwUnavailable(error);
        }
      };
    },
  });
}

/** Without it, clients would take the fault for final and give their messages up. */
function throwUnavailable(error: unknown): never {
  if (error instanceof CodedError || !isOutage(error)) throw error;
  throw new CodedError('unavailable', { retryAfterMs: retryAfterOutageMs, cause: error });
}
