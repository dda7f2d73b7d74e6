import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AgentCaller } from '../auth/tokens.js';
import type { Context } from './assigns.js';
import { topicChannel, type ChannelPorts } from './topic-channel.js';

it('a join is known before it reads: what changes while it does is told to it', async () => {
  const caller: AgentCaller = {
    type: 'agent',
    agentId: 'ag_1',
    workspaceId: 'ws_1',
    sessionId: null,
  };
  const order: string[] = [];
  const ports = {
    ports: {
      clock: { now: () => 1 },
      storage: { agents: { get: async () => ({ workspaceId: 'ws_1' }) } },
    },
    rateLimits: { joinsPerMinute: { spend: async () => undefined } },
    log: { warn: assert.fail, error: assert.fail },
    isOverloaded: () => false,
    joining: (topic: string) => order.push(`joining ${topic}`),
    joined: (topic: string) => order.push(`joined ${topic}`),
  } as unknown as ChannelPorts;
  const channel = topicChannel<AgentCaller>(ports, {
    kind: 'conversation',
    presence: false,
    callerType: 'agent',
    mayJoin: () => true,
    join: async () => {
      order.push('reading');
      return {};
    },
    handlers: {},
  });
  const context = {
    topic: 'conversation:cv_1',
    socket: { assigns: { caller, socketKey: 'a', network: 'b' } },
  } as unknown as Context;
  assert.deepEqual(await channel.join(context, {}), { ok: {} });
  assert.deepEqual(order, ['joining conversation:cv_1', 'reading', 'joined conversation:cv_1']);
});
