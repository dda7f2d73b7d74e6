import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { createAgentClient, type AgentClient } from '../../store/agent-client.js';
import { memoryStorage } from '../../store/storage.js';
import {
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
import {
  below,
  bubbles,
  button,
  calm,
  longOffice,
  openThread,
  scroller,
} from './conv-thread.fixture.js';
import type { ConvThread } from './conv-thread.js';

const shown = (office: Office, id?: string): Promise<ConvThread> => openThread(office.client, id);

const metas = (thread: ConvThread): string[] => findAll(thread, '.meta').map(words);

const colleague = (office: Office): AgentClient =>
  createAgentClient({
    transport: office.server.agentTransport('ag_tomas'),
    workspaceId: 'ws',
    storage: memoryStorage(),
  });

const conversation = (office: Office) => office.server.workspace.conversations.get('cv_maja');

describe('conv-thread', () => {
  before(() => setViewport({ width: 900, height: 700 }));

  it('S3.18 groups by author and minute, with days and where the new messages begin', async () => {
    const at = (agoMs: number, text: string, by?: string) => ({ agoMs, text, ...(by && { by }) });
    const start = Date.now() % minute;
    const office = openOffice([
      {
        id: 'cv_maja',
        contact: { id: 'ct_maja', name: 'Maja Lindqvist' },
        messages: [
          at(24 * 60 * minute, 'Yesterday'),
          at(start + minute, 'One'),
          at(start + minute, 'Two'),
          at(start, 'A minute later'),
          at(start, 'Another author', 'ag_tomas'),
          at(start, 'Same author', 'ag_tomas'),
        ],
      },
    ]);
    const thread = await shown(office);
    const rows = findAll(thread, '.rows > li:not(.system)').map((row) => {
      const message = row.querySelector('conv-message');
      const text = message ? words(find(message, '.text')) : words(row);
      const meta = row.querySelector('.meta');
      return meta ? `${text} | ${words(meta).split(' · ')[0]}` : text;
    });
    expect(rows).to.deep.equal([
      'Yesterday',
      'New messages',
      'Yesterday | Maja',
      'Today',
      'One',
      'Two | Maja',
      'A minute later | Maja',
      'Another author',
      'Same author | Tomás',
    ]);
  });

  it('a contact who is renamed has the new name at earlier messages too', async () => {
    const office = openOffice([
      {
        id: 'cv_maja',
        contact: { id: 'ct_maja' },
        messages: [
          { text: 'Anybody?', agoMs: 9 * minute },
          { text: 'I have a name', agoMs: 5 * minute },
        ],
      },
    ]);
    const thread = await shown(office);
    const authors = (): string[] => findAll(thread, '.message .visually-hidden').map(words);
    const faces = (): (string | null)[] =>
      findAll(thread, '.message conv-avatar').map((face) => face.getAttribute('name'));
    expect(authors()).to.deep.equal(['Visitor:', 'Visitor:']);
    office.server.updateContact('ct_maja', { name: 'Maja Lindqvist' });
    await until(() => authors()[1] === 'Maja Lindqvist:');
    expect(authors()[0]).to.equal('Maja Lindqvist:');
    expect(faces()).to.deep.equal(['Maja Lindqvist', 'Maja Lindqvist']);
    expect(metas(thread).map((meta) => meta.split(' · ')[0])).to.deep.equal(['Maja', 'Maja']);
  });

  it('is accessible: with messages, alone, loading and with its menu', async () => {
    const office = openOffice();
    const thread = await shown(office);
    await calm(thread);
    await expect(thread).to.be.accessible();
    button(thread, 'Assign to agent')?.click();
    await until(() => find(thread, '.menu'));
    await calm(thread);
    await expect(thread).to.be.accessible();
    thread.conversationId = undefined;
    await thread.updateComplete;
    expect(words(find(thread, '.state'))).to.contain('Choose a conversation');
    await calm(thread);
    await expect(thread).to.be.accessible();
    office.server.cut({ stayDown: true });
    thread.conversationId = 'cv_sinead';
    await until(() => find(thread, '.bones'));
    await calm(thread);
    await expect(thread).to.be.accessible();
  });

  it('S3.19 tells how far one’s own last message came, up to Not sent with Retry', async () => {
    const office = openOffice();
    const thread = await shown(office);
    const store = office.client.conversation('cv_maja');
    const ends = (word: string) => until(() => metas(thread).at(-1)?.endsWith(` · ${word}`), word);
    office.server.cut({ stayDown: true });
    store.send('reply', 'It does');
    await ends('Sending');
    office.server.restore();
    await ends('Sent');
    expect(bubbles(thread).at(-1)).to.equal('It does');
    office.server.acts.raiseMark('cv_maja', { contact: true }, { delivered: 99, read: 0 });
    await ends('Delivered');
    office.server.acts.raiseMark('cv_maja', { contact: true }, { delivered: 99, read: 99 });
    await ends('Read');
    store.send('reply', 'x'.repeat(9_000));
    const failed = await until(() => find(thread, '.failed'));
    expect(words(failed)).to.contain('Not sent');
    const states: (string | null | undefined)[] = [];
    store.$thread.listen(({ items }) => states.push(items.at(-1)?.state));
    findAll(thread, '.failed button')
      .find((one) => words(one) === 'Retry')
      ?.click();
    await until(() => states.includes('sending') && states.at(-1) === 'failed');
  });

  it('keeps what could not be sent, with Discard', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.client.conversation('cv_maja').send('reply', 'x'.repeat(9_000));
    const failed = await until(() => find(thread, '.failed'));
    expect(words(failed)).to.contain('Not sent');
    expect(words(failed)).to.contain('too long');
    await calm(thread);
    await expect(thread).to.be.accessible();
    findAll(thread, '.failed button').at(-1)?.click();
    await until(() => !find(thread, '.failed'));
    expect(focused()).to.equal(scroller(thread));
  });

  it('S3.20 starts at the end and follows new messages there', async () => {
    const office = longOffice();
    const thread = await shown(office);
    await until(() => below(thread) < 1);
    office.server.say('ct_maja', 'Newest');
    await until(() => bubbles(thread).at(-1) === 'Newest');
    await until(() => below(thread) < 1);
    expect(find(thread, '.latest')).to.equal(null);
  });

  it('marks as read what is seen', async () => {
    const office = openOffice();
    await shown(office);
    await until(() => conversation(office)?.agentMarks.get(me)?.read === 2);
  });

  it('closes and reopens; a host can keep it from being closed', async () => {
    const office = openOffice();
    const thread = await shown(office);
    const closed = oneEvent(thread, 'conv-conversation-closed');
    button(thread, 'Close conversation')?.click();
    await closed;
    const reopened = oneEvent(thread, 'conv-conversation-reopened');
    (await until(() => button(thread, 'Reopen conversation'))).click();
    await reopened;
    thread.addEventListener('conv-before-conversation-close', (event) => event.preventDefault());
    (await until(() => button(thread, 'Close conversation'))).click();
    await thread.updateComplete;
    expect(conversation(office)?.state).to.equal('open');
  });

  it('assigns several agents, with the keyboard', async () => {
    const office = openOffice();
    const thread = await shown(office);
    button(thread, 'Assign to agent')?.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => words(focused()) === 'Assign to me');
    await sendKeys({ press: 'Enter' });
    await until(() => conversation(office)?.assigneeIds.includes(me));
    expect(focused()).to.equal(button(thread, 'Assign to agent'));
    await sendKeys({ press: 'ArrowDown' });
    await until(() => focused()?.getAttribute('role') === 'menuitemcheckbox');
    await sendKeys({ press: 't' });
    await sendKeys({ press: ' ' });
    await until(() => conversation(office)?.assigneeIds.length === 2);
    expect(find(thread, '.menu')).not.to.equal(null);
    await sendKeys({ press: 'Escape' });
    await until(() => !find(thread, '.menu'));
  });

  it('S3.21 edits and deletes one’s own replies and comments; colleagues see it', async () => {
    const office = openOffice();
    const thread = await shown(office);
    const tomas = await openThread(colleague(office));
    for (const kind of ['reply', 'comment'] as const) {
      office.client.conversation('cv_maja').send(kind, 'It doess');
      const edit = await until(() => find(thread, '.edit-act'));
      edit.focus();
      await sendKeys({ press: 'Enter' });
      const field = await until(() => find<HTMLTextAreaElement>(thread, '.edit textarea'));
      await until(() => focused() === field);
      await calm(thread);
      await expect(thread).to.be.accessible();
      field.value = 'It does';
      await sendKeys({ press: 'Enter' });
      await until(() => bubbles(thread).at(-1)?.endsWith('It does edited'));
      await until(() => bubbles(tomas).at(-1)?.endsWith('It does edited'));
      await until(() => focused() === find(thread, '.edit-act'));
      expect(find(tomas, '.edit-act')).to.equal(null);
      button(thread, 'Delete message')?.click();
      await until(() => words(focused()) === 'Cancel');
      await calm(thread);
      await expect(thread).to.be.accessible();
      find(thread, '.question .danger')?.click();
      await until(() => bubbles(thread).at(-1) === 'This message was deleted.');
      await until(() => bubbles(tomas).at(-1) === 'This message was deleted.');
      expect(find(thread, '.edit-act')).to.equal(null);
    }
  });

  it('S3.30 shows who writes, and which agents look at or write in it', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.server.contactTypes('ct_maja', true);
    await until(() => words(find(thread, '.typists')) === 'Maja Lindqvist is typing');
    office.server.contactTypes('ct_maja', false);
    await until(() => !find(thread, '.typists'));
    const client = colleague(office);
    const theirs = await openThread(client);
    await until(() => words(find(thread, '.viewers')).includes('Tomás Moreno'));
    client.conversation('cv_maja').setTyping('comment', true);
    await until(() => words(find(thread, '.typists')) === 'Tomás Moreno is typing');
    client.conversation('cv_maja').setTyping('comment', false);
    await until(() => !find(thread, '.typists'));
    theirs.remove();
    await until(() => !find(thread, '.viewers'));
  });

  it('says why an act was refused', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.server.cut({ stayDown: true });
    button(thread, 'Close conversation')?.click();
    const fault = await until(() => find(thread, '.fault'));
    expect(words(fault)).to.contain('no connection');
    expect(words(find(thread, '[part~=note]'))).to.contain('goes out when it is back');
  });

  it('says why a conversation cannot be shown', async () => {
    const office = openOffice();
    const thread = await fixture<ConvThread>(
      html`<conv-thread .client=${office.client} conversation-id="cv_gone"></conv-thread>`,
    );
    const alert = await until(() => find(thread, '[role=alert]'));
    expect(words(alert)).to.contain('could not be loaded');
    await calm(thread);
    await expect(thread).to.be.accessible();
  });

  it('reads from right to left', async () => {
    const office = openOffice();
    office.server.answer('cv_maja', me, 'Yes');
    const thread = await fixture<ConvThread>(
      html`<conv-thread
        lang="ar"
        .client=${office.client}
        conversation-id="cv_maja"
      ></conv-thread>`,
    );
    await until(() => findAll(thread, '.message').length === 3);
    const [theirs, , mine] = findAll(thread, 'conv-message').map((one) =>
      one.getBoundingClientRect(),
    );
    expect(theirs!.left).to.be.greaterThan(mine!.left);
  });
});
