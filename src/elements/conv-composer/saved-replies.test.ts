import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  find,
  focused,
  openOffice,
  rootOf,
  stood,
  until,
  words,
} from '../shared/office.fixture.js';
import { activeChoice, button, choices, field, opened, shown, texts } from './composer.fixture.js';
import type { ConvComposer } from './conv-composer.js';

const hello = 'Hello Maja, thanks for writing! How can I help?';

async function library(composer: ConvComposer): Promise<HTMLElement> {
  return until(() => {
    const element = find(composer, 'conv-saved-replies');
    return element?.shadowRoot?.querySelector('form, .items') ? element : null;
  }, 'the dialog');
}

function inLibrary<Found extends HTMLElement>(element: HTMLElement, selector: string): Found {
  const found = rootOf(element).querySelector<Found>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

describe('conv-composer: saved replies', () => {
  it('S3.24 a saved reply by typing /, by keyboard alone, with variables filled', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$replies.get().length > 0);
    await until(() => office.client.conversation('cv_maja').$contact.get());
    await sendKeys({ type: 'Hi. /' });
    await until(() => choices(composer).length > 0);
    expect(choices(composer)).to.deep.equal(['/bye', '/call', '/hello', '/shipping', '/sizes']);
    expect(activeChoice(composer)).to.equal('/bye');
    await sendKeys({ press: 'ArrowDown' });
    await composer.updateComplete;
    expect(activeChoice(composer)).to.equal('/call');
    await sendKeys({ type: 'hel' });
    await until(() => choices(composer).length === 1);
    expect(activeChoice(composer)).to.equal('/hello');
    await sendKeys({ press: 'Enter' });
    expect(field(composer).value).to.equal(`Hi. ${hello}`);
    expect(texts(office).length).to.equal(2);
    await sendKeys({ press: 'Control+z' });
    expect(field(composer).value).to.equal('Hi. /hel');
  });

  it('S3.24 by button, with a search, and nothing but keys', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.conversation('cv_maja').$contact.get());
    button(composer, 'Saved replies').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('aria-label') === 'Search saved replies');
    expect(choices(composer).length).to.equal(5);
    await sendKeys({ type: 'thanks' });
    await until(() => choices(composer).length === 1);
    expect(activeChoice(composer)).to.equal('/hello');
    await sendKeys({ press: 'Enter' });
    expect(field(composer).value).to.equal(hello);
    expect(focused() === field(composer)).to.equal(true);
  });

  it('S3.24 a missing variable is marked, named, and holds the reply until decided', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.conversation('cv_maja').$contact.get());
    await sendKeys({ type: '/call' });
    await until(() => choices(composer).length === 1);
    await sendKeys({ press: 'Enter' });
    const text = 'May we call you on {{contact.phone}}? Giulia, Fjordcykel';
    expect(field(composer).value).to.equal(text);
    await composer.updateComplete;
    expect(words(find(composer, '.marks mark.variable'))).to.equal('{{contact.phone}}');
    expect(words(find(composer, '#open-variables'))).to.contain('Not filled: contact.phone.');
    await stood(composer);
    await expect(composer).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    expect(texts(office).length).to.equal(2);
    const { value, selectionStart, selectionEnd } = field(composer);
    expect(value.slice(selectionStart, selectionEnd)).to.equal('{{contact.phone}}');
    await sendKeys({ type: '070 1' });
    await sendKeys({ press: 'Enter' });
    await until(() =>
      texts(office).includes('reply: May we call you on 070 1? Giulia, Fjordcykel'),
    );
  });

  it('sends a variable as it is when told so', async () => {
    const { composer, office } = await opened();
    await sendKeys({ type: 'In Handlebars: {{user.name}}' });
    await sendKeys({ press: 'Enter' });
    await composer.updateComplete;
    button(composer, 'Send as it is').click();
    await until(() => texts(office).includes('reply: In Handlebars: {{user.name}}'));
  });

  it('S3.24 Save as reply keeps what is written for the next time', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$replies.get().length > 0);
    await sendKeys({ type: 'See you, {{contact.firstName}}!' });
    button(composer, 'Saved replies').click();
    await composer.updateComplete;
    button(composer, 'Save as reply').click();
    const element = await library(composer);
    await until(() => focused()?.getAttribute('name') === 'name');
    await sendKeys({ type: 'hello' });
    await sendKeys({ press: 'Enter' });
    await until(() => words(rootOf(element).querySelector('#problem')).includes('is taken'));
    await sendKeys({ press: 'Control+a' });
    await sendKeys({ type: 'see-you' });
    inLibrary<HTMLInputElement>(element, 'input[value=own]').click();
    inLibrary(element, '[name=name]').focus();
    await stood(composer);
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    const saved = await until(() =>
      office.client.$replies.get().find(({ shortcut }) => shortcut === 'see-you'),
    );
    expect(saved.text).to.equal('See you, {{contact.firstName}}!');
    expect(saved.ownerId).to.equal('ag_giulia');
    await until(() => find(composer, 'dialog') === null);
    expect(field(composer).value).to.equal('See you, {{contact.firstName}}!');
  });

  it('S3.24 saved replies are edited and deleted from where they are used', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$replies.get().length > 0);
    button(composer, 'Saved replies').click();
    await composer.updateComplete;
    button(composer, 'Edit saved replies').click();
    const element = await library(composer);
    await stood(composer);
    await expect(element).to.be.accessible();
    inLibrary(element, '[aria-label="Edit /bye"]').click();
    await until(() => focused()?.getAttribute('name') === 'name');
    const text = inLibrary<HTMLTextAreaElement>(element, 'textarea');
    text.value = 'Ride safe!';
    inLibrary(element, '[type=submit]').click();
    await until(() => office.client.$replies.get().some((one) => one.text === 'Ride safe!'));
    await until(() => rootOf(element).querySelector('[aria-label="Delete /bye"]'));
    inLibrary(element, '[aria-label="Delete /bye"]').click();
    await until(() => words(focused()) === 'Keep');
    inLibrary(element, '.danger').click();
    await until(() => !office.client.$replies.get().some(({ shortcut }) => shortcut === 'bye'));
    await until(() => !rootOf(element).querySelector('.asked'));
    await sendKeys({ press: 'Escape' });
    await until(() => find(composer, 'dialog') === null);
    await until(() => focused() === field(composer));
  });

  it('Escape leaves what was typed, and asks no more for this sign', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$replies.get().length > 0);
    await sendKeys({ type: '/hel' });
    await until(() => choices(composer).length === 1);
    await sendKeys({ press: 'Escape' });
    await composer.updateComplete;
    await sendKeys({ type: 'l' });
    await composer.updateComplete;
    expect(choices(composer)).to.deep.equal([]);
    expect(field(composer).value).to.equal('/hell');
    expect(find(composer, '[aria-activedescendant]')).to.equal(null);
  });

  it('offers nothing within a word or an address', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$replies.get().length > 0);
    await sendKeys({ type: 'and/or https://a.example/hello' });
    await composer.updateComplete;
    expect(choices(composer)).to.deep.equal([]);
  });

  it('S3.25 an email template in an email conversation; none in a chat', async () => {
    const office = openOffice([
      {
        id: 'cv_mail',
        channel: 'email',
        subject: 'Bike',
        contact: { id: 'ct_ida', name: 'Ida Berg', email: 'ida@berg.example' },
        messages: [{ text: 'Is it ready?' }],
      },
      { id: 'cv_chat', contact: { name: 'Otto' }, messages: [{ text: 'Hi' }] },
    ]);
    const composer = await shown(office, 'cv_mail');
    await until(() => find(composer, '.templates.trigger'));
    await until(() => office.client.conversation('cv_mail').$contact.get());
    button(composer, 'Email templates').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('aria-label') === 'Search email templates');
    await stood(composer);
    await expect(composer).to.be.accessible();
    await sendKeys({ type: 'invoice' });
    await until(() => choices(composer)[0] === 'Invoice');
    await sendKeys({ press: 'Enter' });
    expect(field(composer).value).to.contain('Hello Ida,\n\nyour invoice is attached.');
    button(composer, 'Email templates').click();
    await composer.updateComplete;
    button(composer, 'Edit email templates').click();
    const element = await library(composer);
    inLibrary(element, '.new').click();
    await until(() => focused()?.getAttribute('name') === 'name');
    await sendKeys({ type: 'Thanks' });
    inLibrary<HTMLInputElement>(element, '[name=subject]').value = 'Thank you';
    inLibrary<HTMLTextAreaElement>(element, 'textarea').value = 'Thanks for coming.';
    inLibrary(element, '[type=submit]').click();
    const made = await until(() =>
      office.client.$templates.get().find((one) => one.name === 'Thanks'),
    );
    expect([made.subject, made.body]).to.deep.equal(['Thank you', 'Thanks for coming.']);
    await until(() => rootOf(element).querySelector('[aria-label="Delete Thanks"]'));
    inLibrary(element, '[aria-label="Edit Thanks"]').click();
    await until(() => rootOf(element).querySelector('textarea'));
    inLibrary<HTMLTextAreaElement>(element, 'textarea').value = 'Come again.';
    inLibrary(element, '[type=submit]').click();
    await until(() => office.client.$templates.get().some(({ body }) => body === 'Come again.'));
    await until(() => rootOf(element).querySelector('[aria-label="Delete Thanks"]'));
    inLibrary(element, '[aria-label="Delete Thanks"]').click();
    await until(() => rootOf(element).querySelector('.danger'));
    inLibrary(element, '.danger').click();
    await until(() => !office.client.$templates.get().some(({ name }) => name === 'Thanks'));
    composer.conversationId = 'cv_chat';
    await until(() => !find(composer, '.templates.trigger'));
  });

  it('is accessible with its choices', async () => {
    const { composer, office } = await opened();
    await until(() => office.client.$replies.get().length > 0);
    await sendKeys({ type: '/' });
    await until(() => choices(composer).length > 0);
    await stood(composer);
    await expect(composer).to.be.accessible();
    button(composer, 'Saved replies').click();
    await until(() => focused()?.getAttribute('role') === 'combobox');
    await stood(composer);
    await expect(composer).to.be.accessible();
  });
});
