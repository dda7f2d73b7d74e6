import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryBus } from './adapters/memory-bus.js';
import type { AgentRecord } from './ports.js';
import { Roster } from './roster.js';
import { createStamp } from './stamps.js';

const clock = { now: () => 1_000 };

function record(id: string, workspaceId = 'ws'): AgentRecord {
  return {
    id,
    workspaceId,
    accountId: `account of ${id}`,
    name: id,
    named: true,
    avatarUrl: null,
    role: 'agent',
    status: 'online',
    statusAt: 0,
    externalId: null,
    version: 1,
    preferences: {},
    hours: null,
  };
}

function rosterOver(stored: AgentRecord[]): Roster {
  return new Roster({
    agents: {
      list: async (workspaceId) => stored.filter((agent) => agent.workspaceId === workspaceId),
      get: async (id) => stored.find((agent) => agent.id === id) ?? null,
    },
    clock,
    events: createMemoryBus(),
    stamp: createStamp(clock),
    graceMs: 10,
  });
}

test('an agent whom another node made, whose word was lost, is not refused here', async () => {
  const stored = [record('first')];
  const roster = rosterOver(stored);
  await roster.list('ws');
  stored.push(record('second'));

  const leave = await roster.connect('ws', 'second');

  assert.equal((await roster.get('ws', 'second'))?.status, 'online');
  assert.deepEqual(
    (await roster.list('ws')).map(({ id }) => id),
    ['first', 'second'],
  );
  leave();
  roster.close();
});

test('an agent of another workspace is not let into this one', async () => {
  const roster = rosterOver([record('first'), record('stranger', 'elsewhere')]);

  assert.equal(await roster.get('ws', 'stranger'), null);
  roster.close();
});
