import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  find,
  findAll,
  focused,
  openOffice,
  stood,
  until,
  words,
} from '../shared/office.fixture.js';
import type { ConvInbox } from './conv-inbox.js';
import './conv-inbox.js';

async function shown(office = openOffice()): Promise<ConvInbox> {
  const inbox = await fixture<ConvInbox>(
    html`<conv-inbox view="all" .client=${office.client}></conv-inbox>`,
  );
  const list = await until(() => find(inbox, 'conv-list'));
  await until(() => findAll(list, '.card[data-id]').length === 3);
  return inbox;
}

const part = (inbox: ConvInbox, tag: string): HTMLElement => find(inbox, tag)!;

const name = (): string | null => focused()?.getAttribute('aria-label') ?? null;

describe('conv-inbox, keys', () => {
  it('S3.37 every key does its act, none while somebody types', async () => {
    const office = openOffice();
    const inbox = await shown(office);
    await sendKeys({ press: 'j' });
    await until(() => inbox.selected === 'cv_maja');
    await sendKeys({ press: 'j' });
    await until(() => inbox.selected === 'cv_paula');
    await sendKeys({ press: 'k' });
    await until(() => inbox.selected === 'cv_maja');
    const thread = part(inbox, 'conv-thread');
    await until(() => find(thread, '[aria-label="Close conversation"]'));
    await sendKeys({ press: 'a' });
    const menu = await until(() => find(thread, '.menu'));
    expect(words(menu)).to.contain('Tomás Moreno');
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'c' });
    await until(() => name() === 'Comment');
    await sendKeys({ type: 'jker' });
    expect((focused() as HTMLTextAreaElement).value).to.equal('jker');
    expect(inbox.selected).to.equal('cv_maja');
    (focused() as HTMLElement).blur();
    await sendKeys({ press: 'r' });
    await until(() => name() === 'Reply');
    (focused() as HTMLElement).blur();
    await sendKeys({ press: 'e' });
    await until(() => office.server.workspace.conversations.get('cv_maja')?.state === 'closed');
    await sendKeys({ press: '/' });
    await until(() => name() === 'Search conversations');
    (focused() as HTMLElement).blur();
    await sendKeys({ press: '?' });
    const dialog = await until(() => find(inbox, 'dialog[open]'));
    expect(
      findAll(inbox, 'kbd')
        .map((key) => words(key))
        .join(''),
    ).to.equal('jkerca/?');
    expect(words(dialog)).to.contain('Next conversation');
    await stood(inbox);
    await expect(inbox).to.be.accessible();
    await sendKeys({ press: 'j' });
    await sendKeys({ press: 'Escape' });
    await until(() => !find(inbox, 'dialog'));
    expect(inbox.selected).to.equal('cv_maja');
  });

  it('the guide for agents has the keys that the list shows', async () => {
    const inbox = await shown();
    await sendKeys({ press: '?' });
    await until(() => find(inbox, 'dialog[open]'));
    const listed = findAll(inbox, 'dl > div').map((line) => [
      words(line.querySelector('kbd')),
      words(line.querySelector('dt')),
    ]);
    const guide = await (await fetch('/docs/guides/agents.md')).text();
    const told = [...guide.matchAll(/^\| `(.)` +\| (.+?) +\|$/gm)];
    expect(told.map(([, key, act]) => [key, act])).to.deep.equal(listed);
  });

  it('S3.37 can be turned off', async () => {
    const office = openOffice();
    const inbox = await shown(office);
    await office.client.setPreferences({ shortcuts: false });
    await inbox.updateComplete;
    await sendKeys({ press: 'j' });
    await inbox.updateComplete;
    expect(inbox.selected).to.equal(null);
  });

  it('leaves the keys to the rest of the host’s page', async () => {
    const inbox = await shown();
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    await sendKeys({ press: 'j' });
    await inbox.updateComplete;
    expect(inbox.selected).to.equal(null);
    button.remove();
  });
});

describe('conv-inbox, attention', () => {
  it('S3.36 tells the page how many conversations wait', async () => {
    const office = openOffice();
    const counts: number[] = [];
    const inbox = await shown(office);
    inbox.addEventListener('conv-badge-changed', ({ detail }) => counts.push(detail.count));
    await office.client.setPreferences({ badge: 'none' });
    await until(() => counts.at(-1) === 0);
    await office.client.setPreferences({ badge: 'all' });
    await until(() => counts.at(-1) === 2);
  });

  it('S3.36 shows a desktop notification while nobody looks; it opens the conversation', async () => {
    const office = openOffice();
    const shownNotices: FakeNotification[] = [];
    class FakeNotification {
      static permission = 'granted';
      onclick: (() => void) | null = null;
      closed = false;
      constructor(
        readonly title: string,
        readonly options: NotificationOptions,
      ) {
        shownNotices.push(this);
      }
      close(): void {
        this.closed = true;
      }
    }
    const real = window.Notification;
    const hasFocus = document.hasFocus.bind(document);
    Object.assign(window, { Notification: FakeNotification });
    document.hasFocus = () => false;
    try {
      const inbox = await shown(office);
      await office.client.setPreferences({ desktop: 'all' });
      office.server.say('ct_paula', 'Anybody there?');
      const notice = await until(() => shownNotices[0]);
      expect(notice.title).to.equal('Paula Brandt wrote');
      expect(notice.options.body).to.equal('Anybody there?');
      notice.onclick?.();
      await until(() => inbox.selected === 'cv_paula');
      expect(notice.closed).to.equal(true);
    } finally {
      Object.assign(window, { Notification: real });
      document.hasFocus = hasFocus;
    }
  });
});
