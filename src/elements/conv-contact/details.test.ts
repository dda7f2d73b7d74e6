import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  find,
  findAll,
  focused,
  minute,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import { registerContactPane, type ConvContact } from './conv-contact.js';
import './conv-contact.js';

async function shown(office: Office, id = 'cv_maja'): Promise<ConvContact> {
  const contact = await fixture<ConvContact>(
    html`<conv-contact .client=${office.client} .conversationId=${id}></conv-contact>`,
  );
  await until(() => find(contact, 'h2'));
  return contact;
}

const stored = ({ server }: Office) => server.workspace.contacts.get('ct_maja')!;

const pane = (contact: ConvContact, title: string): HTMLElement | undefined =>
  findAll(contact, 'section').find((one) => words(one.querySelector('h3')) === title);

const isFocused = (contact: ConvContact, selector: string): boolean =>
  focused() !== null && focused() === find(contact, selector);

async function press(contact: ConvContact, opener: string, field: string): Promise<void> {
  find(contact, opener)!.focus();
  await sendKeys({ press: 'Enter' });
  await until(() => isFocused(contact, field));
}

function choose(contact: ConvContact, field: string, value: string): void {
  const select = find<HTMLSelectElement>(contact, `select[data-field=${field}]`)!;
  select.value = value;
  select.dispatchEvent(new Event('change'));
}

describe('conv-contact, filled by hand', () => {
  it('S3.31 every field is edited in place, by keyboard alone', async () => {
    const office = openOffice();
    const contact = await shown(office);
    const { id: groupId } = await office.client.saveGroup({
      name: 'Nordics',
      names: {},
      private: false,
      memberIds: [],
    });
    await until(() => find(contact, 'select[data-field=group]'));
    for (const [field, text] of [
      ['name', 'Maja L.'],
      ['email', 'maja@l.example'],
      ['phone', '+46 70 123 45 67'],
    ] as const) {
      await press(contact, `.value[data-field=${field}]`, 'input.editing');
      await sendKeys({ type: text });
      await sendKeys({ press: 'Enter' });
      await until(() => stored(office)[field] === text);
    }
    await press(contact, '.add-attribute', '.new [name=key]');
    await sendKeys({ type: 'Frame' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: '52' });
    await sendKeys({ press: 'Enter' });
    await until(() => isFocused(contact, '.add-attribute'));
    expect(stored(office).attributes).to.deep.equal([{ key: 'Frame', value: '52' }]);
    await press(contact, '.value[data-field="attributes.Frame"]', 'input.editing');
    await sendKeys({ type: '54' });
    await sendKeys({ press: 'Enter' });
    await until(() => stored(office).attributes[0]?.value === '54');

    await press(contact, '.add-tag', '.new-tag');
    await sendKeys({ type: 'vip' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'repair,' });
    await until(() => stored(office).tags.length === 2);
    await sendKeys({ press: 'Escape' });
    await until(() => isFocused(contact, '.add-tag'));
    find(contact, '[aria-label="Remove the tag vip"]')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => stored(office).tags.join() === 'repair');

    await press(contact, '.value.notes', 'textarea.editing');
    await sendKeys({ type: 'Calls on Fridays.' });
    await sendKeys({ press: 'Control+Enter' });
    await until(() => stored(office).notes === 'Calls on Fridays.');

    choose(contact, 'language', 'nl');
    choose(contact, 'group', groupId);
    await until(() => stored(office).groupId === groupId && stored(office).language === 'nl');

    find(contact, '[data-consent=marketing]')!.focus();
    await sendKeys({ press: 'Space' });
    await until(() => stored(office).consents[0]?.given === true);
    await until(() => words(pane(contact, 'Consents')).includes('Given '));
    await expect(contact).to.be.accessible();
  });

  it('takes an attribute away, and refuses one twice', async () => {
    const office = openOffice();
    office.server.updateContact('ct_maja', { attributes: { Frame: '52' } });
    const contact = await shown(office);
    await press(contact, '.add-attribute', '.new [name=key]');
    await sendKeys({ type: 'Frame' });
    await sendKeys({ press: 'Enter' });
    await until(() => words(find(contact, '.new .error')).includes('such a field already'));
    await sendKeys({ press: 'Escape' });
    await until(() => isFocused(contact, '.add-attribute'));
    find(contact, '[aria-label="Remove Frame"]')!.click();
    await until(() => stored(office).attributes.length === 0);
  });

  it('a refused choice goes back, with the reason beside it', async () => {
    const office = openOffice();
    const contact = await shown(office);
    office.server.cut({ stayDown: true });
    choose(contact, 'language', 'nl');
    const error = await until(() => find(contact, '.error'));
    expect(words(error)).to.contain('no connection');
    const select = find<HTMLSelectElement>(contact, 'select[data-field=language]')!;
    await until(() => select.value === 'sv');
  });
});

describe('conv-contact, filled by the host', () => {
  it('S3.33 shows panes by slot and by registration, and what the page pushed in its order', async () => {
    const office = openOffice();
    const stop = registerContactPane({
      id: 'orders',
      title: 'Orders',
      render: (given) => {
        const list = document.createElement('p');
        list.textContent = `2 orders of ${given.name ?? ''}`;
        return list;
      },
    });
    try {
      const contact = await fixture<ConvContact>(
        html`<conv-contact .client=${office.client} .conversationId=${'cv_maja'}>
          <section slot="pane">Loyalty</section>
        </conv-contact>`,
      );
      await until(() => pane(contact, 'Orders'));
      expect(words(pane(contact, 'Orders'))).to.contain('2 orders of Maja Lindqvist');
      const slot = find<HTMLSlotElement>(contact, 'slot[name=pane]')!;
      expect(slot.assignedElements().map(words)).to.deep.equal(['Loyalty']);
      office.server.acts.setContactData('ct_maja', {
        how: 'set',
        data: [
          { key: 'Plan', value: 'Gold' },
          { key: 'Account', value: 'https://shop.example/accounts/7' },
          { key: 'Balance', value: '12' },
        ],
      });
      await until(() => pane(contact, 'From the page'));
      const keys = [...pane(contact, 'From the page')!.querySelectorAll('dt')].map(words);
      expect(keys).to.deep.equal(['Plan', 'Account', 'Balance']);
      office.server.updateContact('ct_maja', { name: 'Maja L.' });
      await until(() => words(pane(contact, 'Orders')).includes('Maja L.'));
      await expect(contact).to.be.accessible();
      stop();
      await until(() => !pane(contact, 'Orders'));
    } finally {
      stop();
    }
  });

  it('a pane that throws is left out, and the rest is shown', async () => {
    const stop = registerContactPane({
      id: 'broken',
      title: 'Broken',
      render: () => {
        throw new Error('no');
      },
    });
    const contact = await shown(openOffice());
    expect(pane(contact, 'Broken')).to.equal(undefined);
    expect(words(find(contact, 'h2'))).to.equal('Maja Lindqvist');
    stop();
  });
});

describe('conv-contact, technical data', () => {
  it('S3.34 shows place, device and pages, and opens earlier conversations in place', async () => {
    const office = openOffice([
      {
        id: 'cv_now',
        contact: { id: 'ct_ida', name: 'Ida' },
        visit: {
          country: 'SE',
          city: 'Malmö',
          ip: '198.51.100.7',
          browser: 'Firefox 140',
          system: 'Linux',
          language: 'sv',
          referrer: 'https://search.example/',
          pages: [{ url: 'https://shop.example/', title: 'Home', at: 0 }],
        },
        messages: [{ text: 'Hello again', agoMs: minute }],
      },
      {
        id: 'cv_before',
        contact: { id: 'ct_ida', name: 'Ida' },
        live: false,
        state: 'closed',
        messages: [{ text: 'My first question', agoMs: 50 * 24 * 60 * minute }],
      },
    ]);
    const contact = await shown(office, 'cv_now');
    const device = words(pane(contact, 'Device'));
    for (const fact of ['Sweden', 'Malmö', '198.51.100.7', 'Firefox 140', 'Linux', 'Swedish']) {
      expect(device).to.contain(fact);
    }
    expect(device).to.contain('search.example');
    expect(words(pane(contact, 'This visit'))).to.contain('Home');
    const past = await until(() => find(contact, '.past button'));
    expect(words(past)).to.contain('My first question');
    past.focus();
    await sendKeys({ press: 'Enter' });
    const dialog = await until(() => find<HTMLDialogElement>(contact, 'dialog[open]'));
    const thread = dialog.querySelector('conv-thread')!;
    await until(() =>
      find(thread, 'conv-message')?.shadowRoot?.textContent?.includes('My first question'),
    );
    expect(thread.shadowRoot!.textContent).to.contain('An earlier conversation');
    expect(thread.shadowRoot!.querySelector('[aria-label="Assign to agent"]') === null).to.equal(
      true,
    );
    await sendKeys({ press: 'Escape' });
    await until(() => isFocused(contact, '.past button'));
  });
});
