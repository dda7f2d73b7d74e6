import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
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
import type { ConvThread } from './conv-thread.js';
import './conv-thread.js';

async function shown(office: Office, id = 'cv_maja'): Promise<ConvThread> {
  const thread = await fixture<ConvThread>(
    html`<conv-thread .client=${office.client} .conversationId=${id}></conv-thread>`,
  );
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 480px }');
  thread.shadowRoot?.adoptedStyleSheets.push(sheet);
  await until(() => find(thread, '.message'));
  return thread;
}

const bubbles = (thread: ConvThread): string[] =>
  findAll(thread, '.message conv-message').map((one) => words(find(one, '.bubble')));

const metas = (thread: ConvThread): string[] => findAll(thread, '.meta').map(words);

const scroller = (thread: ConvThread): HTMLElement => find(thread, '.scroller')!;

const button = (thread: ConvThread, name: string): HTMLElement | undefined =>
  findAll(thread, 'button').find((one) => one.getAttribute('aria-label') === name);

const conversation = (office: Office) => office.server.workspace.conversations.get('cv_maja');

function longOffice(count = 130): Office {
  return openOffice([
    {
      id: 'cv_maja',
      contact: { id: 'ct_maja', name: 'Maja Lindqvist' },
      readBy: [me],
      messages: Array.from({ length: count }, (_, at) => ({
        text: `Message ${at + 1}`,
        agoMs: (count - at) * 2 * minute,
        ...(at % 3 === 0 ? { by: me } : {}),
      })),
    },
  ]);
}

const isAtEnd = (thread: ConvThread): boolean => {
  const { scrollHeight, scrollTop, clientHeight } = scroller(thread);
  return scrollHeight - scrollTop - clientHeight < 3;
};

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

  it('announces each new message of the other side once, and nothing else', async () => {
    const office = longOffice(60);
    const thread = await shown(office);
    const heard: string[] = [];
    const live = find(thread, '[aria-live=polite]')!;
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node instanceof Element) heard.push(words(node));
      }
    }).observe(live, { childList: true });
    office.client.conversation('cv_maja').send('reply', 'Mine');
    await until(() => bubbles(thread).includes('Mine'));
    office.client.conversation('cv_maja').loadOlder();
    await until(() => bubbles(thread)[0] === 'Message 1');
    office.server.say('ct_maja', 'Hello there');
    office.server.answer('cv_maja', 'ag_tomas', 'She is a regular', 'comment');
    await until(() => heard.length >= 2);
    await nextFrame();
    expect(heard).to.deep.equal([
      'Maja Lindqvist: Hello there',
      'Comment by Tomás Moreno: She is a regular',
    ]);
  });

  it('S3.20 starts at the end and follows new messages there', async () => {
    const office = longOffice();
    const thread = await shown(office);
    await until(() => isAtEnd(thread));
    office.server.say('ct_maja', 'Newest');
    await until(() => bubbles(thread).at(-1) === 'Newest');
    await until(() => isAtEnd(thread));
    expect(find(thread, '.latest')).to.equal(null);
  });

  it('S3.20 away from the end it stays, and a button with a count leads back', async () => {
    const office = longOffice();
    const thread = await shown(office);
    await until(() => isAtEnd(thread));
    scroller(thread).scrollTop -= 600;
    await until(() => find(thread, '.latest'));
    const before = scroller(thread).scrollTop;
    office.server.say('ct_maja', 'One');
    office.server.say('ct_maja', 'Two');
    await until(() => words(find(thread, '.latest .count')) === '2');
    expect(scroller(thread).scrollTop).to.be.closeTo(before, 1);
    expect(find(thread, '.latest')?.getAttribute('aria-label')).to.contain('2 new messages');
    await expect(thread).to.be.accessible();
    find(thread, '.latest')?.click();
    await until(() => isAtEnd(thread));
    await until(() => !find(thread, '.latest'));
  });

  it('S3.20 the reading position never jumps when older messages come', async () => {
    const office = longOffice();
    const thread = await shown(office);
    await until(() => isAtEnd(thread));
    const first = bubbles(thread)[0];
    scroller(thread).scrollTop = 200;
    const row = findAll(thread, '.message').find(
      (one) => one.getBoundingClientRect().top > scroller(thread).getBoundingClientRect().top,
    )!;
    await nextFrame();
    const place = row.getBoundingClientRect().top;
    await until(() => bubbles(thread)[0] !== first);
    for (let frame = 0; frame < 4; frame++) {
      expect(row.getBoundingClientRect().top).to.be.closeTo(place, 2);
      await nextFrame();
    }
  });

  it('marks as read what is seen', async () => {
    const office = openOffice();
    await shown(office);
    await until(() => conversation(office)?.agentMarks.get(me)?.read === 2);
  });

  it('S3.15 closes and reopens; a host can keep it from being closed', async () => {
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

  it('S3.16 assigns several agents, with the keyboard', async () => {
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
