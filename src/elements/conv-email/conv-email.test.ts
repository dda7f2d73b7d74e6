import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { memoryStorage } from '../../store/storage.js';
import type { AgentClient } from '../../store/agent-client.js';
import { clientOf } from '../conv-composer/composer.fixture.js';
import {
  find,
  focused,
  openOffice,
  rootOf,
  stood,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvEmail } from './conv-email.js';
import './conv-email.js';

async function opened(client: AgentClient): Promise<{ email: ConvEmail; form: HTMLElement }> {
  const email = await fixture<ConvEmail>(html`<conv-email .client=${client}></conv-email>`);
  await until(() => client.$mail.get());
  find(email, '[aria-label="Compose an email"]')?.focus();
  await sendKeys({ press: 'Enter' });
  const form = await until(() => {
    const element = find(email, 'conv-email-form');
    return element?.shadowRoot?.querySelector('textarea') ? element : null;
  }, 'the form');
  return { email, form };
}

function part<Found extends HTMLElement = HTMLInputElement>(form: HTMLElement, selector: string) {
  const found = rootOf(form).querySelector<Found>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

const name = (): string | null | undefined => focused()?.getAttribute('aria-label');
const options = (form: HTMLElement): string[] =>
  [...rootOf(form).querySelectorAll('[role=option] strong')].map(words);

function emails({ server }: Office): string[] {
  return [...server.workspace.conversations.values()]
    .filter(({ channel }) => channel === 'email')
    .map(
      ({ subject, messages }) =>
        `${subject}: ${messages.flatMap(({ kind, text }) => (kind === 'reply' ? text : [])).join('|')}`,
    );
}

describe('conv-email', () => {
  it('S3.4 Compose an email: to a contact, from a template, by keyboard alone', async () => {
    const office = openOffice();
    const { email, form } = await opened(office.client);
    const started = oneEvent(email, 'conv-conversation-started');
    await until(() => name() === 'To');
    await stood(email);
    await expect(email).to.be.accessible();
    await sendKeys({ type: 'mai' });
    await sendKeys({ press: 'Backspace' });
    await until(() => options(form).includes('Maja Lindqvist'));
    await stood(form);
    await expect(form).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('name') === 'subject');
    part(form, '[aria-label="Email templates"]').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => name() === 'Search email templates');
    await sendKeys({ type: 'ready' });
    await until(() => options(form)[0] === 'Ready to collect');
    await sendKeys({ press: 'Enter' });
    await until(() => part(form, '[name=subject]').value === 'Your bike is ready, Maja');
    expect(part(form, 'textarea').value).to.contain('Hello Maja Lindqvist,');
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'PS' });
    expect(part(form, 'textarea').value).to.match(/\nPS$/);
    await sendKeys({ press: 'Control+Enter' });
    const { conversationId } = (await started).detail;
    const stored = office.server.workspace.conversations.get(conversationId);
    expect([stored?.channel, stored?.contactId]).to.deep.equal(['email', 'ct_maja']);
    expect(emails(office)[0]).to.match(/^Your bike is ready, Maja: Hello Maja Lindqvist,/);
    await until(() => !find(email, 'dialog'));
    expect(name()).to.equal('Compose an email');
    expect(office.client.$emailDraft.get().text).to.equal('');
  });

  it('S3.4 to an address that was typed and checked; what is missing is said', async () => {
    const office = openOffice();
    const { email, form } = await opened(office.client);
    const problem = (): string => words(rootOf(form).querySelector('#problem'));
    await until(() => name() === 'To');
    await sendKeys({ type: 'nobody' });
    await until(() =>
      words(rootOf(form).querySelector('#none')).includes('Write the whole address'),
    );
    part(form, '[type=submit]').click();
    await until(() => problem().includes('whole address'));
    expect(name()).to.equal('To');
    await stood(email);
    await expect(form).to.be.accessible();
    await sendKeys({ type: '@example.com' });
    part(form, '[type=submit]').click();
    await until(() => problem() === 'Write a subject.');
    await sendKeys({ type: 'Hello' });
    part(form, '[type=submit]').click();
    await until(() => problem().startsWith('Write something'));
    await sendKeys({ type: 'Are you {{contact.firstName}}?' });
    await sendKeys({ press: 'Control+Enter' });
    await until(() =>
      words(rootOf(form).querySelector('#open-variables')).includes('contact.firstName'),
    );
    await sendKeys({ type: 'there' });
    await sendKeys({ press: 'Control+Enter' });
    await until(() => emails(office).includes('Hello: Are you there?'));
  });

  it('S3.4 keeps what is written over a reload and over a refusal', async () => {
    const { server } = openOffice();
    const storage = memoryStorage();
    const first = await opened(clientOf(server, storage));
    await until(() => name() === 'To');
    await sendKeys({ type: 'ida@berg.example' });
    part(first.form, '[name=subject]').focus();
    await sendKeys({ type: 'Bike' });
    part(first.form, 'textarea').focus();
    await sendKeys({ type: 'It is ready' });
    first.email.remove();
    const client = clientOf(server, storage);
    const { form, email } = await opened(client);
    await until(() => part(form, 'textarea').value === 'It is ready');
    expect(part(form, '[name=subject]').value).to.equal('Bike');
    await until(() => focused()?.getAttribute('name') === 'text');
    server.workspace.mail.configured = false;
    await sendKeys({ press: 'Control+Enter' });
    await until(() => words(rootOf(form).querySelector('.fault')).includes('SMTP_URL'));
    expect(part(form, 'textarea').value).to.equal('It is ready');
    await stood(email);
    await expect(form).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => !find(email, 'dialog'));
    expect(client.$emailDraft.get().text).to.equal('It is ready');
  });

  it('throws away what is not wanted', async () => {
    const office = openOffice();
    office.client.setEmailDraft({ to: 'a@b.example', subject: 'No', text: 'Never' });
    const { email, form } = await opened(office.client);
    part(form, '.discard').click();
    await until(() => !find(email, 'dialog'));
    expect(office.client.$emailDraft.get().text).to.equal('');
  });

  it('S3.4 where mail is not configured the button says so and how to turn it on', async () => {
    const { client } = openOffice(undefined, { mail: { configured: false } });
    const email = await fixture<ConvEmail>(html`<conv-email .client=${client}></conv-email>`);
    await until(() => client.$mail.get());
    await email.updateComplete;
    const trigger = find(email, '.trigger');
    expect(trigger?.getAttribute('aria-description')).to.equal('This server sends no email yet.');
    trigger?.focus();
    await sendKeys({ press: 'Enter' });
    const text = words(await until(() => find(email, '#off')));
    for (const what of ['SMTP_URL', 'MAIL_FROM', 'mailbox']) expect(text).to.contain(what);
    await stood(email);
    await expect(email).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => !find(email, 'dialog'));
    expect(name()).to.equal('Compose an email');
  });
});
