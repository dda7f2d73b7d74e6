import { aDay, majaContact } from '../../src/elements/shared/office-day.fixture.js';
import {
  giulia,
  groups,
  replies,
  team,
  templates,
} from '../../src/elements/shared/office-team.fixture.js';
import { createAgentClient, type AgentClient } from '../../src/store/agent-client.js';
import { memoryStorage } from '../../src/store/storage.js';
import { createVisitorClient, type VisitorClient } from '../../src/store/visitor-client.js';
import { createMemoryServer, type MemoryServer } from '../../src/transport/memory/memory-server.js';

const workspaceId = 'ws_demo';

export const ids = {
  me: giulia,
  maja: 'cv_maja',
  omar: 'cv_omar',
  jun: 'cv_jun',
  majaContact,
} as const;

export interface OfficeOptions {
  /** How many conversations there are beside those of the day. */
  conversations?: number;
  /** How many messages Maja’s conversation has beside its own. */
  messages?: number;
  /** How long the server takes to answer, in ms. */
  latency?: number;
}

/** As a page's address says, such as `?conversations=100000&messages=10000&latency=5000`. */
export function sizesIn(query: string): OfficeOptions {
  const count = (name: string): number => {
    const value = Number(new URLSearchParams(query).get(name));
    return Number.isInteger(value) && value > 0 ? Math.min(value, 100_000) : 0;
  };
  return {
    conversations: count('conversations'),
    messages: count('messages'),
    latency: count('latency'),
  };
}

/** A small team's day: the same people and conversations on every page. */
export function openOffice({
  conversations = 0,
  messages = 0,
  latency = 0,
}: OfficeOptions = {}): MemoryServer {
  const office = createMemoryServer({
    workspace: { id: workspaceId, name: 'fjordcykel' },
    latencyMs: latency || 40,
    mail: { from: 'hej@fjordcykel.example', replyTo: 'support@fjordcykel.example', delayMs: 1_500 },
    agents: team,
    groups,
    replies,
    templates,
    conversations: aDay(),
  });
  if (conversations > 0) office.fillConversations(conversations);
  if (messages > 0) office.fillMessages(ids.maja, messages);
  return office;
}

export function agentClient(office: MemoryServer): AgentClient {
  const api = office.api({ agentId: ids.me });
  return createAgentClient({
    transport: office.agentTransport(ids.me),
    files: {
      upload: (file) => api.upload(file),
      address: (path) => api.address(path),
      getToken: async () => (await api.agentToken()).token,
    },
    workspaceId,
    storage: memoryStorage(),
  });
}

export function visitorClient(office: MemoryServer): VisitorClient {
  return createVisitorClient({
    transport: (options) => office.transport(options),
    api: office.api(),
    workspaceId,
    storage: memoryStorage(),
  });
}
