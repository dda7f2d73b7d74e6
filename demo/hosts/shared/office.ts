import { createAgentClient, memoryStorage, type AgentClient } from 'convkit/store';
import { createMemoryServer, type ConversationSeed } from 'convkit/transport/memory';
import type { Order, Shop } from './shop.js';

const minute = 60_000;
const me = 'ag_giulia';
const colleague = { id: 'ag_tomas', name: 'Tomás Moreno' };

/**
 * A client of a server in memory with the shop's conversations. A real host has none of this: it
 * writes `<conv-provider server="https://chat.example" workspace="ws_…">` and sets `getToken`.
 */
export function openOffice(shop: Shop): AgentClient {
  const server = createMemoryServer({
    workspace: { id: 'ws_shop', name: shop.name },
    latencyMs: 20,
    agents: [
      { id: me, name: 'Giulia Rossi', role: 'owner', email: 'giulia@shop.example' },
      { ...colleague, connected: true },
    ],
    groups: [{ id: 'gr_dispatch', name: 'Dispatch', memberIds: [me, colleague.id] }],
    conversations: shop.orders.toReversed().map(conversationOf),
  });
  return createAgentClient({
    transport: server.agentTransport(me),
    workspaceId: 'ws_shop',
    storage: memoryStorage(),
  });
}

function conversationOf({
  conversationId,
  customer,
  number,
  state,
  talk,
}: Order): ConversationSeed {
  const { points: _, timeZone, ...contact } = customer;
  const page = { url: `https://shop.example/orders/${number}`, title: `Order ${number}` };
  const answered = state === 'Returned';
  return {
    id: conversationId,
    contact,
    visit: { timeZone, pages: [{ ...page, at: Date.now() - 12 * minute }] },
    messages: talk.map(({ text = '', comment, minutesAgo }) => ({
      text: comment ?? text,
      agoMs: minutesAgo * minute,
      ...(comment !== undefined && {
        by: me,
        kind: 'comment' as const,
        mentions: [colleague.id],
      }),
    })),
    ...(answered && { readBy: [me], contactHas: 'read' as const }),
  };
}
