import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { defaultView } from '../../domain/index.js';
import { createAgentClient } from '../../store/agent-client.js';
import { memoryStorage } from '../../store/storage.js';
import type { ConversationSeed, MemoryServerOptions } from '../../transport/memory/index.js';
import {
  fewConversations,
  find,
  findAll,
  focused,
  me,
  minute,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import { bubbles, button, calm, openThread } from './conv-thread.fixture.js';
import type { ConvThread } from './conv-thread.js';

const stored = (office: Office, id = 'cv_maja') => office.server.workspace.conversations.get(id);

const contact = (office: Office) => office.server.workspace.contacts.get('ct_maja');

const lines = (thread: ConvThread): string[] =>
  findAll(thread, '.system conv-message').map((one) => words(find(one, '.system')));

const manyAgents: MemoryServerOptions = {
  agents: [
    { id: me, name: 'Giulia Rossi', role: 'owner', email: 'giulia@fjordcykel.example' },
    { id: 'ag_tomas', name: 'Tomás Moreno' },
    { id: 'ag_ben', name: 'Ben Okafor' },
    { id: 'ag_asa', name: 'Åsa Öberg' },
    ...['Noor Haddad', 'Ivo Horák', 'Mia Lund', 'Li Wei', 'Anna Karlsson'].map((name, at) => ({
      id: `ag_x${at}`,
      name,
    })),
  ],
};

function emails(state: 'queued' | 'sending' | 'sent' | 'failed'): ConversationSeed[] {
  const error = state === 'failed' ? '550 No such user' : null;
  return [
    {
      id: 'cv_maja',
      channel: 'email',
      subject: 'Invoice 20881',
      contact: { id: 'ct_maja', name: 'Maja Lindqvist', email: 'maja@lindqvist.example' },
      messages: [
        { text: 'Where is it?', agoMs: 60 * minute },
        {
          by: me,
          text: 'It is on its way.',
          agoMs: 5 * minute,
          email: { to: 'maja@lindqvist.example', subject: 'Re: Invoice 20881', state, error },
        },
      ],
    },
  ];
}

describe('conv-thread: acts', () => {
  before(() => setViewport({ width: 900, height: 700 }));

  it('S3.15 a header with the contact and five actions', async () => {
    const office = openOffice();
    const thread = await openThread(office.client);
    expect(words(find(thread, 'h2'))).to.equal('Maja Lindqvist');
    const names = findAll(thread, '.header button').map((one) => one.getAttribute('aria-label'));
    expect(names).to.deep.equal([
      'Assign to agent',
      'Assign to group',
      'Block contact',
      'Delete conversation',
      'Close conversation',
    ]);
    const closed = oneEvent(thread, 'conv-conversation-closed');
    button(thread, 'Close conversation')?.click();
    await closed;
    const reopened = oneEvent(thread, 'conv-conversation-reopened');
    (await until(() => button(thread, 'Reopen conversation'))).click();
    await reopened;
    const grouped = oneEvent(thread, 'conv-conversation-grouped');
    button(thread, 'Assign to group')?.click();
    await until(() => words(focused()) === 'No group');
    await calm(thread);
    await expect(thread).to.be.accessible();
    await sendKeys({ press: 's' });
    await sendKeys({ press: 'Enter' });
    expect((await grouped).detail).to.deep.equal({
      conversationId: 'cv_maja',
      groupId: 'gr_sales',
    });
    expect(focused()).to.equal(button(thread, 'Assign to group'));
    expect(stored(office)?.groupId).to.equal('gr_sales');
    await until(() => lines(thread).at(-1) === 'Giulia Rossi gave this to Sales');
    expect(words(find(thread, '.who p'))).to.contain('Group Sales');
    const assigned = oneEvent(thread, 'conv-conversation-assigned');
    button(thread, 'Assign to agent')?.click();
    await until(() => words(focused()) === 'Assign to me');
    await sendKeys({ press: 'Enter' });
    await assigned;
    expect(stored(office)?.assigneeIds).to.deep.equal([me]);
  });

  it('S3.16 assigns several without having joined, found by name among many', async () => {
    const office = openOffice(fewConversations(), manyAgents);
    const thread = await openThread(office.client);
    const ben = createAgentClient({
      transport: office.server.agentTransport('ag_ben'),
      workspaceId: 'ws',
      storage: memoryStorage(),
    });
    const told: string[] = [];
    ben.onNotice(({ kind, conversation }) => told.push(`${kind} ${conversation.id}`));
    const theirs = ben.list({ ...defaultView, name: 'mine' });
    theirs.$list.listen(() => undefined);
    await until(() => theirs.$list.get().status === 'ready');
    await ben.setPreferences({ desktop: 'mine' });
    button(thread, 'Assign to agent')?.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('aria-label') === 'Find an agent');
    await calm(thread);
    await expect(thread).to.be.accessible();
    await sendKeys({ type: 'asa' });
    await until(() => findAll(thread, '[role=menuitemcheckbox]').length === 1);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await until(() => stored(office)?.assigneeIds.length === 1);
    find<HTMLInputElement>(thread, '.find')?.select();
    find(thread, '.find')?.focus();
    await sendKeys({ type: 'zzz' });
    await until(() => words(find(thread, '.menu .none')) === 'Nobody is called “zzz”.');
    find<HTMLInputElement>(thread, '.find')?.select();
    await sendKeys({ type: 'ben' });
    await until(() => findAll(thread, '[role=menuitemcheckbox]').length === 1);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Space' });
    await until(() => stored(office)?.assigneeIds.length === 2);
    expect(stored(office)?.assigneeIds).to.deep.equal(['ag_asa', 'ag_ben']);
    await until(() => theirs.$list.get().cards.some((card) => card.conversation.id === 'cv_maja'));
    await until(() => told.includes('assigned cv_maja'));
    ben.disconnect();
    await until(() =>
      find(thread, '.assignees')?.getAttribute('aria-label')?.includes('Åsa Öberg'),
    );
    await sendKeys({ press: 'Escape' });
    expect(focused()).to.equal(button(thread, 'Assign to agent'));
    expect(bubbles(thread).length).to.equal(2);
  });

  it('S3.17 block asks: the contact, or the address too; both can be lifted', async () => {
    const office = openOffice();
    const thread = await openThread(office.client);
    for (const [choice, blocked, note] of [
      ['#block-contact', 'contact', 'is blocked and cannot write'],
      ['#block-address', 'address', 'the address it came from are blocked'],
    ] as const) {
      const trigger = button(thread, 'Block contact');
      trigger?.focus();
      await sendKeys({ press: 'Enter' });
      const dialog = await until(() => find<HTMLDialogElement>(thread, 'dialog[open]'));
      expect(focused()).to.equal(find(thread, '#block-contact'));
      await calm(thread);
      await expect(thread).to.be.accessible();
      find(thread, choice)?.click();
      const done = oneEvent(thread, 'conv-contact-blocked');
      dialog.querySelector<HTMLElement>('[type=submit]')?.click();
      expect((await done).detail).to.deep.equal({ conversationId: 'cv_maja', blocked });
      expect(focused()).to.equal(trigger);
      await until(() => findAll(thread, '.banner').some((one) => words(one).includes(note)));
      expect(contact(office)?.blocked).to.equal(blocked);
      const lifted = oneEvent(thread, 'conv-contact-blocked');
      (await until(() => button(thread, 'Unblock contact'))).click();
      await lifted;
      await until(() => button(thread, 'Block contact'));
      expect(contact(office)?.blocked).to.equal(null);
    }
  });

  it('leaves a contact alone where the dialog is left', async () => {
    const office = openOffice();
    const thread = await openThread(office.client);
    button(thread, 'Block contact')?.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => find(thread, 'dialog[open]'));
    await sendKeys({ press: 'Escape' });
    await until(() => !find(thread, 'dialog'));
    expect(focused()).to.equal(button(thread, 'Block contact'));
    expect(contact(office)?.blocked).to.equal(null);
  });

  it('S3.15 deletes after asking once, unless a host keeps it', async () => {
    const office = openOffice();
    const thread = await openThread(office.client);
    const keep = (event: Event): void => event.preventDefault();
    thread.addEventListener('conv-before-conversation-delete', keep, { once: true });
    for (const answer of ['.cancel', '.yes']) {
      button(thread, 'Delete conversation')?.focus();
      await sendKeys({ press: 'Enter' });
      const dialog = await until(() => find<HTMLDialogElement>(thread, 'dialog[open]'));
      expect(words(focused())).to.equal('Cancel');
      await calm(thread);
      await expect(thread).to.be.accessible();
      dialog.querySelector<HTMLElement>(answer)?.click();
      await until(() => !find(thread, 'dialog'));
      expect(focused() === button(thread, 'Delete conversation')).to.equal(true);
    }
    expect(stored(office)).not.to.equal(undefined);
    const deleted = oneEvent(thread, 'conv-conversation-deleted');
    button(thread, 'Delete conversation')?.click();
    (await until(() => find(thread, 'dialog[open] .yes'))).click();
    await deleted;
    await until(() => words(find(thread, '.state')).includes('This conversation was deleted.'));
    expect(find(thread, '.foot')).to.equal(null);
    await until(() => focused() === find(thread, '.state'));
    await calm(thread);
    await expect(thread).to.be.accessible();
  });

  it('says that a colleague deleted the conversation', async () => {
    const office = openOffice();
    const thread = await openThread(office.client);
    await office.client.deleteConversations(['cv_maja']);
    await until(() => words(find(thread, '.state')).includes('This conversation was deleted.'));
    expect(findAll(thread, '.message').length).to.equal(0);
  });

  it('says how an email fares, where answers arrive, and tries one again', async () => {
    const office = openOffice(emails('failed'), { mail: { from: 'shop@fjordcykel.example' } });
    const thread = await openThread(office.client);
    const line = await until(() => find(thread, '.email'));
    expect(words(line)).to.contain(
      'To maja@lindqvist.example · Re: Invoice 20881 · Not sent: 550 No such user',
    );
    expect(words(find(thread, '.mailbox'))).to.match(/^Answers (arrive at|do not arrive)/);
    await calm(thread);
    await expect(thread).to.be.accessible();
    line.querySelector<HTMLElement>('button')?.click();
    await until(() => words(find(thread, '.email')).endsWith('Sent'));
    expect(words(find(thread, '.who p'))).to.contain('Invoice 20881');
  });

  it('shows an earlier conversation to read only, and says so', async () => {
    const [, , maja] = fewConversations();
    const office = openOffice([{ ...maja, live: false }]);
    const thread = await openThread(office.client);
    await until(() => findAll(thread, '.banner').some((one) => words(one).includes('earlier')));
    expect(find(thread, 'slot[name=composer]')).to.equal(null);
    expect(button(thread, 'Close conversation')).to.equal(undefined);
    expect(button(thread, 'Assign to agent')).to.equal(undefined);
    expect(find(thread, '.edit-act')).to.equal(null);
    await calm(thread);
    await expect(thread).to.be.accessible();
  });

  it('marks whom a comment names', async () => {
    const [, , maja] = fewConversations();
    const text = 'Ask @Tomás Moreno, not @nobody or `@Tomás Moreno`';
    const office = openOffice([
      {
        ...maja,
        messages: [{ by: me, kind: 'comment', text, mentions: ['ag_tomas'], agoMs: minute }],
      },
    ]);
    const thread = await openThread(office.client);
    const message = find(thread, '.message conv-message')!;
    await until(() => find(message, 'mark'));
    expect(findAll(message, 'mark').map(words)).to.deep.equal(['@Tomás Moreno']);
  });

  it('says why an act was refused, and undoes it', async () => {
    const office = openOffice();
    const thread = await openThread(office.client);
    office.server.cut({ stayDown: true });
    button(thread, 'Assign to group')?.click();
    await until(() => words(focused()) === 'No group');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect(words(await until(() => find(thread, '.fault')))).to.contain('no connection');
    expect(words(find(thread, '.who p'))).not.to.contain('Group');
  });
});
