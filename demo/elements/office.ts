import type { PageView } from '../../src/domain/index.js';
import { createAgentClient, type AgentClient } from '../../src/store/agent-client.js';
import { memoryStorage } from '../../src/store/storage.js';
import { createVisitorClient, type VisitorClient } from '../../src/store/visitor-client.js';
import { createMemoryServer, type MemoryServer } from '../../src/transport/memory/memory-server.js';

const minute = 60_000;

const workspaceId = 'ws_demo';

export const ids = { me: 'ag_giulia', maja: 'cv_maja', omar: 'cv_omar', majaContact: 'ct_maja' };

/** A small team's day: the same people and conversations on every page. */
export function openOffice(): MemoryServer {
  return createMemoryServer({
    workspace: { id: workspaceId, name: 'fjordcykel' },
    latencyMs: 40,
    agents: [
      { id: ids.me, name: 'Giulia Rossi', role: 'owner', email: 'giulia@fjordcykel.example' },
      { id: 'ag_tomas', name: 'Tomás Moreno', connected: true },
      { id: 'ag_anna', name: 'Anna Karlsson', connected: true, status: 'invisible' },
    ],
    conversations: [
      {
        contact: { name: 'Sinead Kelly', email: 'sinead@kelly.example' },
        assigneeIds: ['ag_tomas'],
        messages: [
          { text: 'I am between two frame sizes, 171 cm. Which one?', agoMs: 1501 * minute },
          { by: 'ag_tomas', text: 'Sent you the **sizing chart**.', agoMs: 1490 * minute },
        ],
      },
      {
        contact: {},
        messages: [{ text: 'Where do I find the serial number?', agoMs: 62 * minute }],
      },
      {
        contact: { name: 'Paula Brandt', email: 'paula@brandt.example' },
        assigneeIds: [ids.me],
        messages: [
          { text: 'The express delivery came a day late.', agoMs: 31 * minute },
          {
            by: ids.me,
            text: 'I have refunded the shipping, sorry about that.',
            agoMs: 24 * minute,
          },
        ],
      },
      {
        contact: { name: 'Jun Tanaka', email: 'jun@tanaka.example' },
        channel: 'email',
        messages: [{ text: 'Invoice for order 20881 is missing', agoMs: 9 * minute }],
      },
      {
        id: ids.omar,
        contact: { name: 'Omar Al-Farsi', email: 'omar@alfarsi.example', language: 'ar' },
        assigneeIds: [ids.me],
        messages: [{ text: 'هل يمكنني تغيير عنوان التوصيل؟', agoMs: 2 * minute }],
      },
      {
        id: ids.maja,
        contact: {
          id: ids.majaContact,
          name: 'Maja Lindqvist',
          email: 'maja@lindqvist.example',
          phone: '+46 70 555 01 21',
          language: 'sv',
        },
        assigneeIds: [ids.me],
        readBy: [ids.me],
        visit: {
          browser: 'Safari 19',
          system: 'iOS',
          referrer: 'https://search.example/',
          language: 'sv',
          timeZone: 'Europe/Stockholm',
          pages: [
            page('/', 'Home', 8),
            page('/shop/city/', 'City bikes', 7),
            page('/shop/blue-roadster-52/', 'Blue Roadster 52', 6),
          ],
        },
        messages: [
          { text: 'Hi! Does the blue roadster ship to Malmö?', agoMs: 6 * minute },
          { text: 'I need it before the 4th', agoMs: 6 * minute },
          {
            by: ids.me,
            text: 'It does, in **two working days**. Order before noon and it leaves today.',
            agoMs: 5 * minute,
          },
          {
            by: ids.me,
            kind: 'comment',
            text: 'She bought the 2023 frame, check the stock of the fork before promising.',
            agoMs: 4 * minute,
          },
          { text: 'Perfect, and can I change the frame later?', agoMs: minute },
        ],
      },
    ],
  });
}

export function agentClient(office: MemoryServer): AgentClient {
  return createAgentClient({
    transport: office.agentTransport(ids.me),
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

function page(path: string, title: string, minutesAgo: number): PageView {
  return {
    url: `https://fjordcykel.example${path}`,
    title,
    at: Date.now() - minutesAgo * minute,
  };
}
