import type { Contact, PageView } from '../../domain/index.js';
import type { ConversationSeed } from '../../transport/memory/index.js';
import { giulia } from './office-team.fixture.js';

/** What a day brings: many languages, every channel, every state of a message. */

const minute = 60_000;
const day = 24 * 60 * minute;

/** Nowhere can it be broken but in the middle. */
export const longWord =
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
    .repeat(4)
    .slice(0, 300);

export const majaContact = 'ct_maja';

/** Of three weeks and of a year ago; both ended. */
const earlier: ConversationSeed[] = [
  {
    id: 'cv_maja_2025',
    contact: majasDetails(),
    live: false,
    state: 'closed',
    assigneeIds: ['ag_tomas'],
    messages: [
      { text: 'My saddle squeaks since the first day.', agoMs: 380 * day },
      {
        by: 'ag_tomas',
        text: 'Bring it in, we *grease* it for free.',
        agoMs: 380 * day - 9 * minute,
      },
      { text: 'It is silent now, thank you!', agoMs: 378 * day },
    ],
    readBy: [giulia, 'ag_tomas'],
  },
  {
    id: 'cv_maja_spring',
    contact: { id: majaContact },
    live: false,
    state: 'closed',
    assigneeIds: [giulia],
    messages: [
      { text: 'Do you take old bikes in part exchange?', agoMs: 21 * day },
      { by: giulia, text: 'We do, from 2018 on.', agoMs: 21 * day - 3 * minute },
      { by: giulia, kind: 'comment', text: 'Offered her 150 €.', agoMs: 21 * day - 2 * minute },
    ],
    readBy: [giulia],
  },
];

const others: ConversationSeed[] = [
  {
    id: 'cv_sinead',
    contact: { id: 'ct_sinead', name: 'Sinead Kelly', email: 'sinead@kelly.example' },
    assigneeIds: ['ag_tomas'],
    groupId: 'gr_sales',
    messages: [
      { text: 'I am between two frame sizes, 171 cm. Which one?', agoMs: 1501 * minute },
      {
        by: 'ag_tomas',
        text: 'Sent you the **sizing chart**.',
        agoMs: 1490 * minute,
        edited: true,
      },
      { by: 'ag_tomas', text: 'Wrong link, sorry', agoMs: 1489 * minute, deleted: true },
    ],
    contactHas: 'received',
  },
  {
    id: 'cv_closed',
    contact: { name: 'Lars Håkansson', email: 'lars@hakansson.example', language: 'sv' },
    state: 'closed',
    assigneeIds: [giulia],
    messages: [
      { text: 'Tack för hjälpen!', agoMs: 700 * minute },
      { by: giulia, text: 'Varsågod, ha en fin dag.', agoMs: 690 * minute },
    ],
    readBy: [giulia],
    contactHas: 'read',
  },
  {
    id: 'cv_nok',
    contact: { name: 'ณัฐวุฒิ ศรีสวัสดิ์', email: 'nattawut@example.com', language: 'th' },
    messages: [
      {
        text: 'สวัสดีครับ จักรยานรุ่นนี้มีสีน้ำเงินไหมครับ และจัดส่งมาที่กรุงเทพฯได้หรือเปล่า',
        agoMs: 240 * minute,
      },
    ],
  },
  {
    id: 'cv_long',
    contact: { name: longWord.slice(0, 120), email: `${longWord.slice(0, 60)}@example.com` },
    messages: [{ text: `Is this one word? ${longWord}`, agoMs: 180 * minute }],
  },
  {
    id: 'cv_family',
    contact: { name: '👩‍👩‍👧‍👦 Familie Öztürk', email: 'familie@oezturk.example', language: 'de' },
    channel: 'social:instagram',
    messages: [
      { text: '👨‍👩‍👧‍👦🚲🏳️‍🌈', agoMs: 121 * minute },
      { text: 'Vier Räder, bitte! 👍🏽', agoMs: 120 * minute },
    ],
  },
  {
    id: 'cv_nobody',
    contact: {},
    messages: [{ text: 'Where do I find the serial number?', agoMs: 62 * minute }],
  },
  {
    id: 'cv_paula',
    contact: { id: 'ct_paula', name: 'Paula Brandt', email: 'paula@brandt.example' },
    assigneeIds: [giulia],
    messages: [
      { text: 'The express delivery came a day late.', agoMs: 31 * minute },
      { by: giulia, text: 'I have refunded the shipping, sorry about that.', agoMs: 24 * minute },
    ],
    readBy: [giulia],
    contactHas: 'read',
  },
  {
    id: 'cv_blocked',
    contact: { name: 'Cheap Watches', email: 'sales@watches.example', blocked: 'contact' },
    state: 'closed',
    messages: [{ text: 'Buy w-a-t-c-h-e-s at http://watches.example', agoMs: 28 * minute }],
  },
  {
    id: 'cv_jun',
    contact: { id: 'ct_jun', name: '田中 潤', email: 'jun@tanaka.example', language: 'ja' },
    channel: 'email',
    subject: 'ご注文 20881 の請求書',
    assigneeIds: [giulia],
    messages: [
      { text: '注文番号20881の請求書が見つかりません。送っていただけますか。', agoMs: 70 * minute },
      { by: giulia, text: 'Of course, I send it today.', agoMs: 60 * minute },
      {
        by: giulia,
        text: 'Here it is.',
        agoMs: 12 * minute,
        email: { state: 'failed', error: '550 5.1.1 The mailbox is full' },
      },
      { by: giulia, text: 'And once more.', agoMs: 9 * minute, email: { state: 'queued' } },
    ],
    readBy: [giulia],
  },
  {
    id: 'cv_mention',
    contact: {
      id: 'ct_aisha',
      name: 'Aïsha Diallo',
      email: 'aisha@diallo.example',
      language: 'fr',
    },
    assigneeIds: ['ag_tomas'],
    groupId: 'gr_workshop',
    messages: [
      { text: 'Mon dérailleur ne passe plus la troisième vitesse.', agoMs: 16 * minute },
      { by: 'ag_tomas', text: 'Je demande à notre atelier.', agoMs: 14 * minute },
      {
        by: 'ag_tomas',
        kind: 'comment',
        text: '@Giulia Rossi do we still have the SL-M315 in stock?',
        mentions: [giulia],
        agoMs: 7 * minute,
      },
    ],
  },
  {
    id: 'cv_omar',
    contact: { id: 'ct_omar', name: 'عمر الفارسي', email: 'omar@alfarsi.example', language: 'ar' },
    assigneeIds: [giulia],
    messages: [{ text: 'هل يمكنني تغيير عنوان التوصيل إلى Malmö 211 45؟', agoMs: 2 * minute }],
  },
];

const maja: ConversationSeed = {
  id: 'cv_maja',
  contact: { id: majaContact },
  assigneeIds: [giulia],
  groupId: 'gr_sales',
  readBy: [giulia],
  contactHas: 'read',
  visit: {
    browser: 'Safari 19',
    system: 'iOS',
    referrer: 'https://search.example/',
    language: 'sv',
    timeZone: 'Europe/Stockholm',
    ip: '203.0.113.42',
    country: 'SE',
    city: 'Malmö',
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
      by: giulia,
      text: 'It does, in **two working days**. Order before noon and it leaves today.',
      agoMs: 5 * minute,
    },
    {
      by: giulia,
      kind: 'comment',
      text: 'She bought the 2023 frame, check the stock of the fork before promising. @Tomás Moreno',
      mentions: ['ag_tomas'],
      agoMs: 4 * minute,
    },
    { text: 'Perfect, and can I change the frame later?', agoMs: minute },
  ],
};

/** Maja’s conversation is the last one. */
export function aDay(): ConversationSeed[] {
  return [...earlier, ...others, maja];
}

function majasDetails(): Partial<Contact> {
  return {
    id: majaContact,
    name: 'Maja Lindqvist',
    email: 'maja@lindqvist.example',
    phone: '+46 70 555 01 21',
    language: 'sv',
    attributes: [
      { key: 'Customer since', value: '2023' },
      { key: 'Frame', value: '52 cm, blue' },
    ],
    notes: 'Rides to work every day.\nCalls her bike “Blixten”.',
    tags: ['regular', 'part exchange'],
    groupId: 'gr_sales',
    consents: [
      { name: 'terms', given: true, at: Date.now() - 380 * day },
      { name: 'marketing', given: false, at: Date.now() - 21 * day },
    ],
    data: [
      { key: 'Cart', value: '1 × Blue Roadster 52' },
      { key: 'Total', value: '8 490 kr' },
      { key: 'Account', value: 'https://fjordcykel.example/admin/customers/4711' },
    ],
  };
}

function page(path: string, title: string, minutesAgo: number): PageView {
  return {
    url: `https://fjordcykel.example${path}`,
    title,
    at: Date.now() - minutesAgo * minute,
  };
}
