import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { Attachment } from '../../domain/index.js';
import type { ConversationSeed } from '../../transport/memory/index.js';
import {
  find,
  findAll,
  me,
  minute,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import { calm, painted } from './conv-thread.fixture.js';
import type { ConvThread } from './conv-thread.js';
import './conv-thread.js';

const guide: Attachment = {
  id: 'at_guide',
  name: 'Größentabelle.pdf',
  size: 48_000,
  mediaType: 'application/pdf',
  image: null,
};
const picture: Attachment = {
  id: 'at_saddle',
  name: 'saddle.png',
  size: 4_000,
  mediaType: 'image/png',
  image: { width: 640, height: 480 },
};

const kinds: ConversationSeed[] = [
  {
    id: 'cv_maja',
    contact: { id: 'ct_maja', name: 'Maja Lindqvist', email: 'maja@lindqvist.example' },
    messages: [
      { text: 'See https://shop.example/roadster', agoMs: 60 * minute },
      {
        by: me,
        text: '**Yes**, `52` fits:\n\n- [Blue](https://shop.example/blue)\n- Red\n\n> As you said',
        agoMs: 55 * minute,
      },
      {
        by: 'ag_tomas',
        kind: 'comment',
        text: '@Giulia Rossi is it in stock?',
        mentions: [me],
        agoMs: 50 * minute,
      },
      { text: 'Like this one?', agoMs: 40 * minute },
      { by: 'ag_tomas', text: 'Have a look.', agoMs: 35 * minute },
      { by: me, text: 'It ships on Friday', edited: true, agoMs: 30 * minute },
      { by: me, kind: 'comment', text: 'My own note', agoMs: 25 * minute },
      { by: me, text: 'Not this', deleted: true, agoMs: 20 * minute },
    ],
  },
];

const expected = [
  'See https://shop.example/roadster',
  'Yes, 52 fits:',
  'Comment @Giulia Rossi is it in stock?',
  'Like this one?',
  'Have a look.',
  'It ships on Friday edited',
  'Comment My own note',
  'This message was deleted.',
  'Assigned to Giulia Rossi and Tomás Moreno',
  'Giulia Rossi gave this to Sales',
  'Closed by Giulia Rossi',
  'Reopened by Giulia Rossi',
  'Contact blocked by Giulia Rossi',
  'Contact unblocked by Giulia Rossi',
];

const emails: ConversationSeed[] = [
  {
    id: 'cv_maja',
    channel: 'email',
    subject: 'Invoice 20881',
    contact: { id: 'ct_maja', name: 'Maja Lindqvist', email: 'maja@lindqvist.example' },
    messages: [
      { text: 'Where is it?', agoMs: 60 * minute },
      ...(['sent', 'failed', 'sending', 'queued'] as const).map((state, at) => ({
        by: me,
        text: `It is ${state}.`,
        agoMs: (20 - at * 5) * minute,
        email: { state, error: state === 'failed' ? '550 No such user' : null },
      })),
    ],
  },
];

/** All of its rows are in the document. */
async function tallThread({ client }: Office): Promise<ConvThread> {
  const thread = await fixture<ConvThread>(
    html`<conv-thread .client=${client} .conversationId=${'cv_maja'}></conv-thread>`,
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 2300px }');
  thread.shadowRoot?.adoptedStyleSheets.push(sheet);
  await until(() => find(thread, '.message'));
  await painted(2);
  return thread;
}

async function expectAccessible(thread: ConvThread): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await emulateMedia({ colorScheme });
    await painted(2);
    await calm(thread);
    await expect(thread).to.be.accessible();
  }
}

const shown = (thread: ConvThread): string => findAll(thread, 'conv-message').map(read).join('\n');

const read = (message: HTMLElement): string => words(find(message, '.bubble, .system, .text'));

describe('conv-thread: every kind of message', () => {
  before(() => setViewport({ width: 900, height: 2400 }));
  after(async () => {
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 900, height: 700 });
  });

  it('texts, comments, files, edits, deletions, events and a failed one are accessible', async () => {
    const office = openOffice(kinds);
    const { acts, workspace } = office.server;
    const messages = workspace.conversations.get('cv_maja')?.messages ?? [];
    for (const message of messages) {
      if (message.text === 'Like this one?') message.attachments = [picture];
      if (message.text === 'Have a look.') message.attachments = [guide];
    }
    const thread = await tallThread(office);
    const store = office.client.conversation('cv_maja');
    await store.assign([me, 'ag_tomas']);
    await store.assignGroup('gr_sales');
    await store.close();
    await store.reopen();
    await store.block('contact');
    await store.unblock();
    // The server knows no such file.
    store.send('reply', 'Here it is', [guide]);
    await until(() => find(thread, '.failed'), 'a failed one');
    await until(() => expected.every((text) => shown(thread).includes(text)), 'all of them');
    acts.raiseMark('cv_maja', { contact: true }, { delivered: 99, read: 99 });
    await expectAccessible(thread);
  });

  it('S3.4 an email is accessible in each state', async () => {
    const office = openOffice(emails, { mail: { from: 'shop@fjordcykel.example' } });
    const thread = await tallThread(office);
    const states = findAll(thread, '.email').map(words);
    for (const state of ['Sent', 'Not sent: 550 No such user', 'Sending', 'Waits to be sent']) {
      expect(states.some((one) => one.includes(state))).to.equal(true, state);
    }
    await expectAccessible(thread);
  });
});
