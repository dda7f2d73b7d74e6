import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Conversation } from '#kit/domain/conversation.js';
import type { ChangedConversation } from '../change-ports.js';
import type { AgentRecord, DomainEvent, MessageRecord } from '../ports.js';
import type { Ports } from '../usecases/act.js';
import { CatchUp } from './catch-up.js';
import { LocalAudience } from './local-audience.js';
import { OrderedFeed } from './message-feed.js';

const row: ChangedConversation = {
  id: 'cv_1',
  workspaceId: 'ws_1',
  contactId: 'ct_1',
  live: true,
  deleted: false,
  lastSeq: 2,
  lastPublicSeq: 2,
  version: 2,
};

describe('what a server finds in the database', () => {
  it('is told in the end, though reading the conversation failed once', async (t) => {
    let reads = 0;
    const told = await firstOf(t, 'conversation', async () => {
      reads += 1;
      if (reads === 1) throw new Error('the database is away');
      return { id: row.id, version: row.version } as Conversation;
    });
    assert.equal(told.type, 'conversation');
    assert.equal(reads, 2);
  });
});

describe('a deletion that a server missed', () => {
  it('is told as one, and nothing of the conversation is read', async (t) => {
    const told = await firstOf(t, 'removed', () => Promise.reject(new Error('it was read')), {
      ...row,
      live: false,
      deleted: true,
    });
    assert.equal(told.type === 'removed' && told.conversationId, row.id);
  });
});

describe('changes of a team that a server missed', () => {
  const snapshot = async () => ({ id: row.id, version: row.version }) as Conversation;

  it('are told: groups', async (t) => {
    const told = await firstOf(t, 'groups', snapshot, row, { groups: () => 2 });
    assert.deepEqual(told, { type: 'groups', workspaceId: 'ws_1' });
  });

  it('are told: what an agent chose in another window, once its version rose', async (t) => {
    let version = 0;
    const agents = () => [{ id: 'ag_1', workspaceId: 'ws_1', version: ++version } as AgentRecord];
    const told = await firstOf(t, 'me', snapshot, row, { agents });
    assert.deepEqual(told, { type: 'me', workspaceId: 'ws_1', agentId: 'ag_1' });
    assert.ok(version > 1);
  });

  it('are told: who was removed', async (t) => {
    const told = await firstOf(t, 'agent-removed', snapshot, row, { known: [{ id: 'ag_2' }] });
    assert.deepEqual(told, { type: 'agent-removed', workspaceId: 'ws_1', agentId: 'ag_2' });
  });
});

describe('messages that a server missed', () => {
  it('are sent in the end, though reading them failed once', async (t) => {
    const message = { id: 'ms_2', conversationId: row.id, seq: 2, publicSeq: 2 } as MessageRecord;
    let reads = 0;
    const alive = setInterval(() => undefined, 50);
    t.after(() => clearInterval(alive));
    const sent = new Promise<string>((resolve) => {
      const feed = new OrderedFeed({
        messages: {
          changedAfter: async () => {
            reads += 1;
            if (reads === 1) throw new Error('the database is away');
            return { messages: [message], more: false };
          },
        },
        send: (topic) => resolve(topic),
        subscribers: (topic) => (topic.startsWith('conversation:') ? 1 : 0),
        onFault: () => undefined,
        retry: { least: 1, most: 1 },
      });
      t.after(() => feed.close());
      feed.joined('conversation:cv_1', row.id, 'agent', 1);
      feed.reached(row);
    });
    assert.equal(await sent, 'conversation:cv_1');
    assert.equal(reads, 2);
  });
});

interface Team {
  groups?(): number;
  agents?(): AgentRecord[];
  /** To the roster of this server. */
  known?: { id: string }[];
}

/** The first event of a type that is delivered for a changed conversation, found by looks that follow each other quickly. */
async function firstOf(
  t: { after(work: () => void): void },
  type: DomainEvent['type'],
  snapshot: () => Promise<Conversation>,
  changed = row,
  team: Team = {},
): Promise<DomainEvent> {
  const audience = new LocalAudience(() => 1);
  audience.joined('inbox:ws_1', 'ws_1');
  const alive = setInterval(() => undefined, 50);
  t.after(() => clearInterval(alive));
  return new Promise((resolve) => {
    const ports = {
      roster: { stored: async () => undefined, list: async () => team.known ?? [] },
      storage: {
        changes: {
          now: async () => '1',
          conversations: async () => [changed],
          agents: async () => team.agents?.() ?? [],
          groups: async () => new Map([['ws_1', team.groups?.() ?? 1]]),
          settings: async () => new Map(),
        },
        agents: { get: async () => null },
        conversations: { snapshot },
      },
    } as unknown as Ports;
    const catchUp = new CatchUp({
      ports,
      bus: { isConnected: true, onLoss: () => () => undefined },
      audience,
      feed: { reached: () => undefined, prune: () => undefined } as unknown as OrderedFeed,
      deliver: (event) => event.type === type && resolve(event),
      recheck: async () => undefined,
      onFault: () => undefined,
      swept: () => undefined,
      everyMs: 5,
    });
    t.after(() => catchUp.close());
  });
}
