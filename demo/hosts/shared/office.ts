import { createAgentClient, memoryStorage, type AgentClient } from 'convkit/store';
import { createMemoryServer, type MemoryServer } from 'convkit/transport/memory';

const minute = 60_000;
const me = 'ag_giulia';

/**
 * A server in memory with the shop's conversations. A real host has none of this: it writes
 * `<conv-provider server="https://chat.example" workspace="ws_…">` and sets `getToken`.
 */
export function openOffice(name: string): { server: MemoryServer; client: AgentClient } {
  const server = createMemoryServer({
    workspace: { id: 'ws_shop', name },
    latencyMs: 20,
    agents: [
      { id: me, name: 'Giulia Rossi', role: 'owner', email: 'giulia@shop.example' },
      { id: 'ag_tomas', name: 'Tomás Moreno', connected: true },
    ],
    conversations: [
      {
        id: 'cv_omar',
        contact: { id: 'ct_omar', name: 'Omar Haddad', email: 'omar@haddad.example' },
        readBy: [me],
        contactHas: 'read',
        messages: [
          {
            text: 'The saddle came back to you on Monday. When is it refunded?',
            agoMs: 95 * minute,
          },
          { text: 'Thank you!', agoMs: 87 * minute },
        ],
      },
      {
        id: 'cv_paula',
        contact: { id: 'ct_paula', name: 'Paula Brandt', email: 'paula@brandt.example' },
        messages: [
          {
            text: 'The parcel service says it stands in Hamburg since Friday.',
            agoMs: 34 * minute,
          },
          { text: 'Will it be here before the weekend?', agoMs: 9 * minute },
        ],
      },
      {
        id: 'cv_maja',
        contact: {
          id: 'ct_maja',
          name: 'Maja Lindqvist',
          email: 'maja@lindqvist.example',
          phone: '+46 70 555 01 21',
          language: 'sv',
        },
        visit: {
          browser: 'Safari 19',
          system: 'iOS',
          timeZone: 'Europe/Stockholm',
          pages: [{ url: 'https://shop.example/orders/20881', title: 'Your order', at: 0 }],
        },
        messages: [
          { text: 'Hi! Can I still add a **second bell** to my order?', agoMs: 6 * minute },
          {
            by: me,
            kind: 'comment',
            text: '@Tomás Moreno leave the box open, please.',
            mentions: ['ag_tomas'],
            agoMs: 4 * minute,
          },
          { text: 'Lovely, the brass one please', agoMs: 2 * minute },
        ],
      },
    ],
  });
  const client = createAgentClient({
    transport: server.agentTransport(me),
    workspaceId: 'ws_shop',
    storage: memoryStorage(),
  });
  return { server, client };
}
