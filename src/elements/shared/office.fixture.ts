import { createAgentClient, type AgentClient } from '../../store/agent-client.js';
import { memoryStorage } from '../../store/storage.js';
import {
  createMemoryServer,
  type ConversationSeed,
  type MemoryServer,
  type MemoryServerOptions,
} from '../../transport/memory/index.js';
import { giulia, groups, replies, templates } from './office-team.fixture.js';

export * from './dom.fixture.js';
export { aDay } from './office-day.fixture.js';

export const minute = 60_000;
export const me = giulia;

export interface Office {
  server: MemoryServer;
  client: AgentClient;
}

/**
 * A small team on a server in memory, as the agent Giulia, its owner, sees it. Its groups, saved
 * replies and templates are those of the demo pages.
 */
export function openOffice(
  conversations: ConversationSeed[] = fewConversations(),
  options: MemoryServerOptions = {},
): Office {
  const server = createMemoryServer({
    workspace: { id: 'ws', name: 'Fjordcykel' },
    reconnectMs: 5,
    agents: [
      { id: me, name: 'Giulia Rossi', role: 'owner', email: 'giulia@fjordcykel.example' },
      { id: 'ag_tomas', name: 'Tomás Moreno', connected: true },
      { id: 'ag_ben', name: 'Ben Okafor' },
    ],
    groups: groups.map((group) => ({ ...group, memberIds: [me, 'ag_tomas'] })),
    replies,
    templates,
    conversations,
    ...options,
  });
  const client = createAgentClient({
    transport: server.agentTransport(me),
    workspaceId: 'ws',
    storage: memoryStorage(),
  });
  return { server, client };
}

export function fewConversations(): ConversationSeed[] {
  return [
    {
      id: 'cv_sinead',
      contact: { id: 'ct_sinead', name: 'Sinead Kelly' },
      assigneeIds: ['ag_tomas'],
      messages: [
        { text: 'Which frame size?', agoMs: 90 * minute },
        { by: 'ag_tomas', text: 'Sent you the **chart**.', agoMs: 80 * minute },
      ],
    },
    {
      id: 'cv_paula',
      contact: { id: 'ct_paula', name: 'Paula Brandt', email: 'paula@brandt.example' },
      messages: [{ text: 'The delivery came late.', agoMs: 30 * minute }],
    },
    {
      id: 'cv_maja',
      contact: {
        id: 'ct_maja',
        name: 'Maja Lindqvist',
        email: 'maja@lindqvist.example',
        language: 'sv',
      },
      visit: {
        browser: 'Safari 19',
        system: 'iOS',
        timeZone: 'Europe/Stockholm',
        pages: [{ url: 'https://shop.example/roadster', title: 'Blue Roadster 52', at: 0 }],
      },
      messages: [
        { text: 'Hi! Does it ship to Malmö?', agoMs: 6 * minute },
        { text: 'I need it before the 4th', agoMs: 6 * minute },
      ],
    },
  ];
}
