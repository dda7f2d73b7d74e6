import type {
  AgentSeed,
  GroupSeed,
  ReplySeed,
  TemplateSeed,
} from '../../transport/memory/index.js';

/** The team of a bicycle shop, and what it keeps: the same on every demo page. */

export const giulia = 'ag_giulia';

const weekday: [number, number][] = [
  [9 * 60, 12 * 60],
  [13 * 60, 17 * 60 + 30],
];

export const team: AgentSeed[] = [
  {
    id: giulia,
    name: 'Giulia Rossi',
    role: 'owner',
    email: 'giulia@fjordcykel.example',
    hours: {
      timeZone: 'Europe/Stockholm',
      week: [weekday, weekday, weekday, weekday, [[9 * 60, 15 * 60]], [], []],
      goOffline: true,
    },
  },
  { id: 'ag_tomas', name: 'Tomás Moreno', role: 'admin', connected: true },
  { id: 'ag_anna', name: 'Anna Karlsson', connected: true, status: 'invisible' },
  { id: 'ag_ben', name: 'Ben Okafor' },
];

export const groups: GroupSeed[] = [
  {
    id: 'gr_sales',
    name: 'Sales',
    names: { en: 'Buying a bike', sv: 'Köpa cykel', ar: 'شراء دراجة' },
    memberIds: [giulia, 'ag_tomas'],
  },
  {
    id: 'gr_workshop',
    name: 'Workshop',
    names: { en: 'Repairs', sv: 'Verkstad' },
    memberIds: ['ag_anna', 'ag_ben'],
  },
  { id: 'gr_night', name: 'Night shift', private: true, memberIds: ['ag_ben'] },
];

export const replies: ReplySeed[] = [
  {
    id: 'sr_hello',
    shortcut: 'hello',
    text: 'Hello {{contact.firstName}}, thanks for writing! How can I help?',
    makerId: giulia,
  },
  {
    id: 'sr_shipping',
    shortcut: 'shipping',
    text: 'We ship to all of Europe in **two to four working days**.\n\n- Sweden: free\n- elsewhere: 19 €',
    makerId: 'ag_tomas',
  },
  {
    id: 'sr_sizes',
    shortcut: 'sizes',
    text: 'Here is our [sizing chart](https://fjordcykel.example/sizes). Between two sizes, take the smaller one.',
    makerId: 'ag_tomas',
  },
  {
    id: 'sr_call',
    shortcut: 'call',
    text: 'May we call you on {{contact.phone}}? {{agent.firstName}}, {{workspace.name}}',
    makerId: giulia,
  },
  {
    id: 'sr_bye',
    shortcut: 'bye',
    text: 'Enjoy the ride! 🚲',
    ownerId: giulia,
  },
  {
    id: 'sr_tomas',
    shortcut: 'tomas-only',
    text: 'Only Tomás has this one.',
    ownerId: 'ag_tomas',
  },
];

export const templates: TemplateSeed[] = [
  {
    id: 'tp_invoice',
    name: 'Invoice',
    subject: 'Your invoice',
    body: 'Hello {{contact.firstName}},\n\nyour invoice is attached.\n\nKind regards\n{{agent.name}}',
  },
  {
    id: 'tp_ready',
    name: 'Ready to collect',
    subject: 'Your bike is ready, {{contact.firstName}}',
    body: 'Hello {{contact.name}},\n\nyour bike stands ready in our workshop. We are open until **17:30**.\n\n{{agent.name}}\n{{workspace.name}}',
  },
  {
    id: 'tp_late',
    name: 'Late delivery',
    subject: 'Your delivery is late',
    body: 'Hello {{contact.firstName}},\n\nwe are sorry: your delivery arrives a day later than we said.\n\n{{agent.name}}',
  },
];
