import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  find,
  findAll,
  focused,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvContact } from './conv-contact.js';
import './conv-contact.js';

async function shown(office: Office, id = 'cv_maja'): Promise<ConvContact> {
  const contact = await fixture<ConvContact>(
    html`<conv-contact .client=${office.client} .conversationId=${id}></conv-contact>`,
  );
  await until(() => find(contact, 'h2'));
  return contact;
}

const value = (contact: ConvContact, field: string): HTMLElement | null =>
  find(contact, `.value[data-field=${field}]`);

const stored = (office: Office) => office.server.workspace.contacts.get('ct_maja');

async function edit(contact: ConvContact, field: string): Promise<HTMLInputElement> {
  value(contact, field)?.click();
  const input = await until(() => find<HTMLInputElement>(contact, `input[data-field=${field}]`));
  await until(() => focused() === input);
  return input;
}

/** Holds the answers to edits of Maja back; `next` lets the oldest through. */
function slowAnswers({ client }: Office): { next: () => Promise<void> } {
  const store = client.conversation('cv_maja');
  const update = store.updateContact.bind(store);
  const held: (() => Promise<void>)[] = [];
  store.updateContact = async (patch) => {
    const answer = update(patch);
    const settled = answer.catch(() => undefined);
    await new Promise<void>((resolve) => {
      held.push(async () => {
        resolve();
        await settled;
        await nextFrame();
      });
    });
    return answer;
  };
  return { next: async () => (await until(() => held.shift()))() };
}

describe('conv-contact', () => {
  it('shows who it is and the latest visit', async () => {
    const contact = await shown(openOffice());
    expect(words(find(contact, 'h2'))).to.equal('Maja Lindqvist');
    const text = words(find(contact, '.panes'));
    for (const fact of [
      'maja@lindqvist.example',
      'Swedish',
      'Blue Roadster 52',
      'Safari 19',
      'iOS',
      'Stockholm',
    ]) {
      expect(text).to.contain(fact);
    }
  });

  it('is accessible, while edited and with an error too', async () => {
    const contact = await shown(openOffice());
    await expect(contact).to.be.accessible();
    await edit(contact, 'email');
    await expect(contact).to.be.accessible();
    await sendKeys({ type: 'not an address' });
    await sendKeys({ press: 'Enter' });
    await until(() => find(contact, '.error'));
    await expect(contact).to.be.accessible();
  });

  it('edits in place with the keyboard', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const updated = oneEvent(contact, 'conv-contact-updated');
    await edit(contact, 'name');
    await sendKeys({ type: 'Maja L.' });
    await sendKeys({ press: 'Enter' });
    expect((await updated).detail).to.deep.equal({
      contactId: 'ct_maja',
      patch: { name: 'Maja L.' },
    });
    expect(stored(office)?.name).to.equal('Maja L.');
    expect(words(find(contact, 'h2'))).to.equal('Maja L.');
    expect(focused()).to.equal(value(contact, 'name'));
  });

  it('Escape gives up', async () => {
    const office = openOffice();
    const contact = await shown(office);
    await edit(contact, 'name');
    await sendKeys({ type: 'Nobody' });
    await sendKeys({ press: 'Escape' });
    await until(() => focused() === value(contact, 'name'));
    expect(stored(office)?.name).to.equal('Maja Lindqvist');
  });

  it('leaving the field saves it', async () => {
    const office = openOffice();
    const contact = await shown(office);
    await edit(contact, 'phone');
    await sendKeys({ type: '+46 1' });
    await sendKeys({ press: 'Tab' });
    await until(() => stored(office)?.phone === '+46 1');
  });

  it('says beside the field why it was refused, and keeps what was written', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const input = await edit(contact, 'email');
    await sendKeys({ type: 'maja at home' });
    await sendKeys({ press: 'Enter' });
    const error = await until(() => find(contact, '.error'));
    expect(words(error)).to.contain('not an email address');
    expect(input.value).to.equal('maja at home');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    expect(focused()).to.equal(input);
    await sendKeys({ press: 'Escape' });
    await until(() => words(value(contact, 'email')) === 'maja@lindqvist.example');
  });

  it('an answer that comes when another field is open leaves that one alone', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const answers = slowAnswers(office);
    await edit(contact, 'name');
    await sendKeys({ type: 'Maja L.' });
    (focused() as HTMLElement).blur();
    const phone = await edit(contact, 'phone');
    await sendKeys({ type: '+46 1' });
    await answers.next();
    expect([phone.isConnected, phone.value, focused()]).to.deep.equal([true, '+46 1', phone]);
    await sendKeys({ press: 'Enter' });
    await answers.next();
    await until(() => focused() === value(contact, 'phone'));
    expect(stored(office)).to.include({ name: 'Maja L.', phone: '+46 1' });
  });

  it('an answer leaves what was written in the same field since', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const answers = slowAnswers(office);
    const input = await edit(contact, 'name');
    await sendKeys({ type: 'Maja L.' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'End' });
    await sendKeys({ type: ' S.' });
    await answers.next();
    expect([input.isConnected, input.value]).to.deep.equal([true, 'Maja L. S.']);
    expect(find(contact, '.meanwhile')).to.equal(null);
    await sendKeys({ press: 'Enter' });
    await answers.next();
    await until(() => stored(office)?.name === 'Maja L. S.');
    await until(() => !input.isConnected);
  });

  it('what was refused when another field was open is said beside it, and kept', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const answers = slowAnswers(office);
    await edit(contact, 'email');
    await sendKeys({ type: 'maja at home' });
    (focused() as HTMLElement).blur();
    const phone = await edit(contact, 'phone');
    await sendKeys({ type: '+46 1' });
    await answers.next();
    const error = await until(() => find(contact, '.error'));
    expect(words(error.closest('dd'))).to.contain('not an email address');
    await expect(contact).to.be.accessible();
    expect(phone.value).to.equal('+46 1');
    await sendKeys({ press: 'Escape' });
    const email = await edit(contact, 'email');
    expect(email.value).to.equal('maja at home');
    await sendKeys({ type: 'new@lindqvist.example' });
    await sendKeys({ press: 'Enter' });
    await answers.next();
    await until(() => stored(office)?.email === 'new@lindqvist.example');
    expect(find(contact, '.error')).to.equal(null);
  });

  it('S3.35 two agents who edit different fields both keep their change', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const input = await edit(contact, 'name');
    await sendKeys({ type: 'Maja L.' });
    office.server.updateContact('ct_maja', { email: 'new@lindqvist.example' });
    await until(() => words(value(contact, 'email')) === 'new@lindqvist.example');
    expect(input.isConnected && input.value).to.equal('Maja L.');
    await sendKeys({ press: 'Enter' });
    await until(() => stored(office)?.name === 'Maja L.');
    expect(stored(office)?.email).to.equal('new@lindqvist.example');
  });

  it('asks which to keep where a colleague changed the same field meanwhile', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const choice = (at: number): Promise<HTMLElement> =>
      until(() => findAll(contact, '.meanwhile button')[at]);

    const input = await edit(contact, 'name');
    await sendKeys({ type: 'Maja L.' });
    office.server.updateContact('ct_maja', { name: 'Maja S.' });
    const mine = await choice(0);
    expect(words(find(contact, '[role=alert]'))).to.contain('Maja S.');
    await expect(contact).to.be.accessible();
    input.blur();
    expect(stored(office)?.name).to.equal('Maja S.');
    mine.click();
    await until(() => stored(office)?.name === 'Maja L.');
    await until(() => find(contact, '.meanwhile') === null);

    find(contact, '.value.notes')?.click();
    await until(() => find(contact, 'textarea.editing'));
    await sendKeys({ type: 'Mine' });
    office.server.updateContact('ct_maja', { notes: 'Theirs' });
    (await choice(1)).click();
    await until(() => words(find(contact, '.value.notes')) === 'Theirs');
    expect(stored(office)?.notes).to.equal('Theirs');
  });

  it('says what is not known', async () => {
    const contact = await shown(openOffice(), 'cv_sinead');
    expect(words(find(contact, '.panes'))).to.contain('No visit to the website is known.');
    expect(value(contact, 'email')?.getAttribute('aria-label')).to.equal('Add Email');
    await expect(contact).to.be.accessible();
  });

  it('makes links of web addresses only', async () => {
    const office = openOffice([
      {
        id: 'cv_1',
        contact: { id: 'ct_1' },
        messages: [{ text: 'Hi' }],
        visit: { pages: [{ url: 'javascript:alert(1)', title: 'Trap', at: 0 }] },
      },
    ]);
    const contact = await shown(office, 'cv_1');
    await until(() => find(contact, 'ol'));
    expect(findAll(contact, 'ol a').length).to.equal(0);
    expect(words(find(contact, 'ol'))).to.contain('Trap');
  });

  it('takes panes of the host', async () => {
    const { client } = openOffice();
    const contact = await fixture<ConvContact>(
      html`<conv-contact .client=${client} .conversationId=${'cv_maja'}>
        <section slot="pane">Orders</section>
      </conv-contact>`,
    );
    const slot = await until(() => find<HTMLSlotElement>(contact, 'slot[name=pane]'));
    expect(slot.assignedElements().map(words)).to.deep.equal(['Orders']);
  });

  it('says what to do while no conversation is open', async () => {
    const { client } = openOffice();
    const contact = await fixture<ConvContact>(
      html`<conv-contact .client=${client}></conv-contact>`,
    );
    expect(words(find(contact, '.state'))).to.contain('Choose a conversation');
    await expect(contact).to.be.accessible();
  });
});
