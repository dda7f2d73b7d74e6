import { ContextProvider } from '@lit/context';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { atom } from 'nanostores';
import { accountContext, type Account } from '../../context/index.js';
import { defaultPreferences, type Me } from '../../domain/index.js';
import { CodedError, type ProfilePatch } from '../../protocol/index.js';
import {
  find,
  findAll,
  focused,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvProvider } from '../conv-provider/conv-provider.js';
import type { ConvInbox } from './conv-inbox.js';
import '../conv-provider/conv-provider.js';
import './conv-inbox.js';

/** A pane that slides in is no state that anybody reads. */
async function atRest({ shadowRoot }: ConvInbox): Promise<void> {
  await Promise.all((shadowRoot?.getAnimations() ?? []).map(({ finished }) => finished));
}

async function shown(office: Office, width = 1280): Promise<ConvInbox> {
  await setViewport({ width, height: 700 });
  const inbox = await fixture<ConvInbox>(html`<conv-inbox .client=${office.client}></conv-inbox>`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 650px; inline-size: 100vw; margin-inline: -8px }');
  inbox.shadowRoot?.adoptedStyleSheets.push(sheet);
  await until(() => findAll(list(inbox), '.card[data-id]').length > 1);
  return inbox;
}

const list = (inbox: ConvInbox): Element => find(inbox, 'conv-list')!;
const thread = (inbox: ConvInbox): Element => find(inbox, 'conv-thread')!;
const pane = (inbox: ConvInbox, name: string): HTMLElement => find(inbox, `.${name}`)!;
const isShown = (inbox: ConvInbox, name: string): boolean => pane(inbox, name).checkVisibility();
const card = (inbox: ConvInbox, id: string): HTMLElement =>
  find(list(inbox), `.card[data-id=${id}]`)!;
const open = async (inbox: ConvInbox, id: string): Promise<void> => {
  card(inbox, id).click();
  await until(() => find(thread(inbox), '.message'));
};

describe('conv-inbox', () => {
  after(() => setViewport({ width: 1280, height: 720 }));

  it('S3.1 wide: all four panes', async () => {
    const inbox = await shown(openOffice(), 1300);
    await open(inbox, 'cv_maja');
    for (const name of ['nav', 'list', 'thread', 'contact']) {
      expect(isShown(inbox, name), name).to.equal(true);
    }
    expect(find(inbox, '.contact-toggle')).to.equal(null);
    await expect(inbox).to.be.accessible();
  });

  it('S3.1 medium: the contact is behind a button, and the focus comes back to it', async () => {
    const inbox = await shown(openOffice(), 900);
    await open(inbox, 'cv_maja');
    expect(isShown(inbox, 'contact')).to.equal(false);
    find(inbox, '.contact-toggle')?.click();
    await until(() => isShown(inbox, 'contact'));
    await until(() => words(focused()) === 'Maja Lindqvist');
    expect(isShown(inbox, 'thread')).to.equal(true);
    await atRest(inbox);
    await expect(inbox).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => !isShown(inbox, 'contact'));
    expect(focused()).to.equal(find(inbox, '.contact-toggle'));
  });

  it('S3.1 narrow: one pane at a time with a way back; the focus is never lost', async () => {
    const inbox = await shown(openOffice(), 360);
    expect(isShown(inbox, 'thread')).to.equal(false);
    await expect(inbox).to.be.accessible();
    card(inbox, 'cv_paula').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => isShown(inbox, 'thread'));
    expect(isShown(inbox, 'list')).to.equal(false);
    await until(() => words(focused()) === 'Paula Brandt');
    await expect(inbox).to.be.accessible();
    find(inbox, '.contact-toggle')?.click();
    await until(() => isShown(inbox, 'contact'));
    expect(isShown(inbox, 'thread')).to.equal(false);
    await atRest(inbox);
    await expect(inbox).to.be.accessible();
    find(inbox, '.corner')?.click();
    await until(() => focused() === find(inbox, '.contact-toggle'));
    find(inbox, '[aria-label="Back to the list"]')?.click();
    await until(() => isShown(inbox, 'list'));
    await until(() => focused() === card(inbox, 'cv_paula'));
  });

  it('is accessible in the dark, and from right to left', async () => {
    const office = openOffice();
    office.server.answer('cv_maja', 'ag_tomas', 'She is a regular', 'comment');
    await setViewport({ width: 1300, height: 700 });
    const provider = await fixture<ConvProvider>(
      html`<conv-provider theme="dark" locale="ar" .client=${office.client}
        ><conv-inbox view="all" selected="cv_maja"></conv-inbox
      ></conv-provider>`,
    );
    const inbox = provider.querySelector('conv-inbox')!;
    await until(() => find(thread(inbox), '.message'));
    await until(() => findAll(list(inbox), '.card[data-id]').length === 3);
    expect(pane(inbox, 'nav').getBoundingClientRect().left).to.be.greaterThan(
      pane(inbox, 'contact').getBoundingClientRect().left,
    );
    await expect(provider).to.be.accessible();
    find(thread(inbox), '.assign')?.click();
    await until(() => find(thread(inbox), '.menu'));
    await expect(provider).to.be.accessible();
  });

  it('an opening that the host asked for leaves the focus where it is', async () => {
    await setViewport({ width: 360, height: 700 });
    const heard: unknown[] = [];
    const inbox = await fixture<ConvInbox>(
      html`<conv-inbox
        selected="cv_maja"
        .client=${openOffice().client}
        @conv-conversation-selected=${(event: CustomEvent) => heard.push(event.detail)}
      ></conv-inbox>`,
    );
    await until(() => find(thread(inbox), '.message'));
    expect(focused()).to.equal(document.body);
    expect(heard).to.deep.equal([]);
  });

  it('reflects the open conversation, both ways', async () => {
    const inbox = await shown(openOffice());
    const selected = oneEvent(inbox, 'conv-conversation-selected');
    card(inbox, 'cv_maja').click();
    expect((await selected).detail).to.deep.equal({ conversationId: 'cv_maja' });
    expect(inbox.getAttribute('selected')).to.equal('cv_maja');
    inbox.selected = 'cv_paula';
    await until(() => words(find(thread(inbox), 'h2')) === 'Paula Brandt');
    expect(card(inbox, 'cv_paula').getAttribute('aria-current')).to.equal('true');
    inbox.view = 'all';
    await until(() => words(find(list(inbox), 'h2')) === 'All messages');
  });

  it('says in words that the connection is lost or refused, and tries again when asked', async () => {
    const office = openOffice();
    const inbox = await shown(office);
    office.server.cut({ stayDown: true });
    const notice = await until(() => find(inbox, '.notice'));
    expect(words(notice)).to.contain('No connection. It is tried again by itself');
    await expect(inbox).to.be.accessible();
    office.server.restore();
    find(inbox, '.notice button')?.click();
    await until(() => !find(inbox, '.notice'));
    office.server.refuse('unauthorized');
    office.server.cut();
    await until(() => words(find(inbox, '.notice')).includes('Sign in first'));
    await expect(inbox).to.be.accessible();
  });

  it('the whole job with the keyboard: find, open, reply', async () => {
    const office = openOffice();
    const inbox = await shown(office);
    const tabTo = async (done: () => boolean): Promise<void> => {
      for (let presses = 0; presses < 30 && !done(); presses++) await sendKeys({ press: 'Tab' });
      expect(done()).to.equal(true);
    };
    await tabTo(() => focused() === card(inbox, 'cv_maja'));
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await until(() => find(thread(inbox), '.message'));
    await tabTo(() => focused()?.getAttribute('aria-label') === 'Reply');
    await sendKeys({ type: 'On its way' });
    await sendKeys({ press: 'Enter' });
    await until(() =>
      office.server.workspace.conversations
        .get('cv_paula')
        ?.messages.some(({ text }) => text === 'On its way'),
    );
  });

  it('S3.14 a conversation that leaves the view stays open in the thread', async () => {
    const office = openOffice();
    const inbox = await shown(office);
    await open(inbox, 'cv_maja');
    office.server.answer('cv_maja', 'ag_tomas', 'Mine now');
    await until(() => words(card(inbox, 'cv_maja')).includes('Mine now'));
    expect(inbox.selected).to.equal('cv_maja');
    card(inbox, 'cv_paula').click();
    await until(() => !find(list(inbox), '.card[data-id=cv_maja]'));
  });
});

describe('conv-inbox, the agent’s own account', () => {
  const newcomer: Me = {
    id: 'ag_giulia',
    name: 'Owner',
    avatarUrl: null,
    role: 'owner',
    status: 'online',
    availableSince: 0,
    version: 1,
    email: null,
    preferences: defaultPreferences,
    hours: null,
    hasPassword: false,
    named: false,
  };

  async function asked(update: (patch: ProfilePatch) => Promise<void>): Promise<ConvInbox> {
    const { client } = openOffice([]);
    const $profile = atom<Me | null>(newcomer);
    const account: Account = {
      $profile,
      async updateProfile(patch) {
        await update(patch);
        $profile.set({ ...newcomer, ...patch, named: true, hasPassword: true });
      },
      signOut: async () => undefined,
    };
    const home = document.createElement('div');
    new ContextProvider(home, { context: accountContext, initialValue: account });
    await setViewport({ width: 1280, height: 700 });
    const inbox = await fixture<ConvInbox>(html`<conv-inbox .client=${client}></conv-inbox>`, {
      parentNode: home,
    });
    await until(() => find(inbox, '.choose'));
    return inbox;
  }

  it('asks for a name and a password, and takes them', async () => {
    const taken: ProfilePatch[] = [];
    const inbox = await asked(async (patch) => void taken.push(patch));
    await expect(inbox).to.be.accessible();
    find(inbox, '.choose')?.click();
    await until(() => focused()?.getAttribute('name') === 'name');
    await expect(inbox).to.be.accessible();
    await sendKeys({ type: 'Ada' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'ada@shop.example' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'short' });
    await sendKeys({ press: 'Enter' });
    await until(() => words(find(inbox, '.error')).includes('at least 10 characters'));
    await expect(inbox).to.be.accessible();
    await sendKeys({ type: ' but longer' });
    await sendKeys({ press: 'Enter' });
    await until(() => find(inbox, '.saved'));
    expect(taken).to.deep.equal([
      { name: 'Ada', email: 'ada@shop.example', password: 'short but longer' },
    ]);
    find(inbox, '.done')?.click();
    await until(() => !find(inbox, '.notice'));
  });

  it('says why they were refused', async () => {
    const inbox = await asked(() => Promise.reject(new CodedError('email_taken')));
    find(inbox, '.choose')?.click();
    const form = await until(() => find<HTMLFormElement>(inbox, 'form'));
    for (const input of form.querySelectorAll('input')) input.value = 'a@b.example.org';
    form.requestSubmit();
    await until(() => words(find(inbox, '.error')).includes('Another agent uses this email'));
    await until(() => focused()?.getAttribute('name') === 'email');
  });

  it('can be put off', async () => {
    const inbox = await asked(async () => undefined);
    find(inbox, '.quiet')?.click();
    await until(() => !find(inbox, '.notice'));
  });
});
