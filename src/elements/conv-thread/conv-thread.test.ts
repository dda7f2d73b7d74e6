import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import {
  find,
  findAll,
  focused,
  me,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import { below, bubbles, button, longOffice, openThread, scroller } from './conv-thread.fixture.js';
import type { ConvThread } from './conv-thread.js';

const shown = (office: Office, id?: string): Promise<ConvThread> => openThread(office.client, id);

const metas = (thread: ConvThread): string[] => findAll(thread, '.meta').map(words);

const conversation = (office: Office) => office.server.workspace.conversations.get('cv_maja');

describe('conv-thread', () => {
  before(() => setViewport({ width: 900, height: 700 }));

  it('S3.18 groups by author and minute, with the day and what is new', async () => {
    const thread = await shown(openOffice());
    expect(bubbles(thread)).to.deep.equal([
      'Hi! Does it ship to Malmö?',
      'I need it before the 4th',
    ]);
    expect(metas(thread).length).to.equal(1);
    expect(metas(thread)[0]).to.match(/^Maja · /);
    const dividers = findAll(thread, '.divider').map(words);
    expect(dividers.at(-1)).to.equal('New messages');
    expect(dividers.length).to.equal(2);
  });

  it('is accessible: with messages, alone, loading and with its menu', async () => {
    const office = openOffice();
    const thread = await shown(office);
    await expect(thread).to.be.accessible();
    button(thread, 'Assign to agent')?.click();
    await until(() => find(thread, '.menu'));
    await expect(thread).to.be.accessible();
    thread.conversationId = undefined;
    await thread.updateComplete;
    expect(words(find(thread, '.state'))).to.contain('Choose a conversation');
    await expect(thread).to.be.accessible();
    office.server.cut({ stayDown: true });
    thread.conversationId = 'cv_sinead';
    await until(() => find(thread, '.bones'));
    await expect(thread).to.be.accessible();
  });

  it('S3.19 tells the state of one’s own last message', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.client.conversation('cv_maja').send('reply', 'It does');
    await until(() => metas(thread).at(-1)?.endsWith('Sent'));
    expect(bubbles(thread).at(-1)).to.equal('It does');
    office.server.acts.raiseMark('cv_maja', { contact: true }, { delivered: 99, read: 99 });
    await until(() => metas(thread).at(-1)?.endsWith('Read'));
  });

  it('S3.19 keeps what could not be sent, with Retry and Discard', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.client.conversation('cv_maja').send('reply', 'x'.repeat(9_000));
    const failed = await until(() => find(thread, '.failed'));
    expect(words(failed)).to.contain('Not sent');
    expect(words(failed)).to.contain('too long');
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

  it('S3.21 edits one’s own message in place, and deletes it after asking', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.client.conversation('cv_maja').send('reply', 'It doess');
    const edit = await until(() => find(thread, '.edit-act'));
    edit.focus();
    await sendKeys({ press: 'Enter' });
    const field = await until(() => find<HTMLTextAreaElement>(thread, '.edit textarea'));
    await until(() => focused() === field);
    await expect(thread).to.be.accessible();
    field.value = 'It does';
    await sendKeys({ press: 'Enter' });
    await until(() => bubbles(thread).at(-1)?.startsWith('It does edited'));
    await until(() => focused() === find(thread, '.edit-act'));
    button(thread, 'Delete message')?.click();
    await until(() => words(focused()) === 'Cancel');
    await expect(thread).to.be.accessible();
    find(thread, '.question .danger')?.click();
    await until(() => bubbles(thread).at(-1) === 'This message was deleted.');
    expect(find(thread, '.edit-act')).to.equal(null);
  });

  it('S3.30 shows who writes', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.server.contactTypes('ct_maja', true);
    await until(() => words(find(thread, '.typists')) === 'Maja Lindqvist is typing');
    office.server.contactTypes('ct_maja', false);
    await until(() => !find(thread, '.typists'));
  });

  it('says why an act was refused', async () => {
    const office = openOffice();
    const thread = await shown(office);
    office.server.cut({ stayDown: true });
    button(thread, 'Close conversation')?.click();
    const fault = await until(() => find(thread, '.fault'));
    expect(words(fault)).to.contain('no connection');
    expect(words(find(thread, '[part=note]'))).to.contain('goes out when it is back');
  });

  it('says why a conversation cannot be shown', async () => {
    const office = openOffice();
    const thread = await fixture<ConvThread>(
      html`<conv-thread .client=${office.client} conversation-id="cv_gone"></conv-thread>`,
    );
    const alert = await until(() => find(thread, '[role=alert]'));
    expect(words(alert)).to.contain('could not be loaded');
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
