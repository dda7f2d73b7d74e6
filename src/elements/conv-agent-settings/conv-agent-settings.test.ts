import { ContextProvider } from '@lit/context';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { atom } from 'nanostores';
import { accountContext, type Account } from '../../context/index.js';
import type { Hours } from '../../domain/index.js';
import { CodedError } from '../../protocol/index.js';
import { find, findAll, openOffice, until, words, type Office } from '../shared/office.fixture.js';
import type { AgentSettingsPage, ConvAgentSettings } from './conv-agent-settings.js';
import './conv-agent-settings.js';

async function shown(
  { client }: Office,
  page: AgentSettingsPage,
  account?: Account,
): Promise<ConvAgentSettings> {
  const parent = document.createElement('div');
  if (account) new ContextProvider(parent, { context: accountContext, initialValue: account });
  const settings = await fixture<ConvAgentSettings>(
    html`<conv-agent-settings page=${page} .client=${client}></conv-agent-settings>`,
    { parentNode: parent },
  );
  await until(() => find(settings, '[part=base]'));
  return settings;
}

const input = (el: ConvAgentSettings, selector: string): HTMLInputElement =>
  find<HTMLInputElement>(el, selector)!;

function choose(select: HTMLInputElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event('change'));
}

const week = (...monday: [number, number][]): Hours['week'] => [monday, [], [], [], [], [], []];

describe('conv-agent-settings, availability', () => {
  it('S4.3 sets the hours of a week with their time zone', async () => {
    const office = openOffice();
    const settings = await shown(office, 'availability');
    expect(findAll(settings, '.day').length).to.equal(0);
    input(settings, '[name=use]').click();
    await until(() => findAll(settings, '.day').length === 7);
    expect(words(find(settings, 'legend'))).to.equal('Monday');
    choose(input(settings, '[name=zone]'), 'Europe/Stockholm');
    choose(input(settings, '[data-day="0"][data-end=from]'), '08:30');
    choose(input(settings, '[data-day="0"][data-end=to]'), '00:00');
    for (const day of [1, 2, 3, 4]) {
      find(settings, `.span [data-day="${day}"].icon-button`)?.click();
      await settings.updateComplete;
    }
    find(settings, '[type=submit]')?.click();
    await until(() => words(find(settings, '.outcome')) === 'Saved');
    expect(office.client.$me.get()?.hours).to.deep.equal({
      timeZone: 'Europe/Stockholm',
      week: week([510, 1_440]),
      goOffline: true,
    });
    input(settings, '[name=use]').click();
    find(settings, '[type=submit]')?.click();
    await until(() => office.client.$me.get()?.hours === null);
  });

  it('adds spans, copies Monday, and says what is wrong', async () => {
    const office = openOffice();
    const settings = await shown(office, 'availability');
    input(settings, '[name=use]').click();
    await until(() => find(settings, '.day'));
    find(settings, '.day > [data-day="0"]')?.click();
    await until(() => findAll(settings, '[data-day="0"][data-end=from]').length === 2);
    find(settings, '.beside button')?.click();
    await until(() => findAll(settings, '[data-day="4"][data-end=from]').length === 2);
    expect(findAll(settings, '[data-day="5"][data-end=from]').length).to.equal(0);
    choose(input(settings, '[data-day="0"][data-end=to]'), '07:00');
    find(settings, '[type=submit]')?.click();
    const wrong = await until(() => find(settings, '.error'));
    expect(words(wrong)).to.contain('must end after it begins');
    expect(office.client.$me.get()?.hours).to.equal(null);
    expect(settings.unsaved).to.equal(true);
  });

  it('is accessible', async () => {
    const settings = await shown(openOffice(), 'availability');
    await expect(settings).to.be.accessible();
    input(settings, '[name=use]').click();
    await until(() => find(settings, '.day'));
    await expect(settings).to.be.accessible();
  });

  it('a refusal is shown, and nothing that was written is lost', async () => {
    const office = openOffice();
    const settings = await shown(office, 'availability');
    input(settings, '[name=use]').click();
    await until(() => find(settings, '.day'));
    office.server.cut({ stayDown: true });
    find(settings, '[type=submit]')?.click();
    await until(() => words(find(settings, '.error')).includes('no connection'));
    expect(input(settings, '[name=use]').checked).to.equal(true);
  });
});

describe('conv-agent-settings, notifications', () => {
  it('S3.36 chooses what sounds, pops up and is counted, by scope', async () => {
    const office = openOffice();
    const settings = await shown(office, 'notifications');
    choose(input(settings, '[name=sound]'), 'all');
    choose(input(settings, '[name=badge]'), 'none');
    await until(() => office.client.$me.get()?.preferences.badge === 'none');
    expect(office.client.$me.get()?.preferences.sound).to.equal('all');
    const names = findAll(settings, '[name=sound] option').map((one) => words(one));
    expect(names).to.deep.equal([
      'My conversations',
      'Mine and unassigned',
      'All conversations',
      'Nothing',
    ]);
  });

  it('turns Enter round and shortcuts off with the keyboard', async () => {
    const office = openOffice();
    const settings = await shown(office, 'notifications');
    input(settings, '[name=enterSends]').focus();
    await sendKeys({ press: 'Space' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    await until(() => office.client.$me.get()?.preferences.shortcuts === false);
    expect(office.client.$me.get()?.preferences.enterSends).to.equal(false);
    await expect(settings).to.be.accessible();
  });
});

describe('conv-agent-settings, profile', () => {
  function account(office: Office): Account & { patches: unknown[] } {
    const patches: unknown[] = [];
    return {
      $profile: atom(office.client.$me.get()),
      patches,
      updateProfile: async (patch) => {
        if (patch.email === 'taken@shop.example') throw new CodedError('email_taken');
        patches.push(patch);
      },
      signOut: async () => undefined,
    };
  }

  it('changes name, email and password', async () => {
    const office = openOffice();
    const own = account(office);
    const settings = await shown(office, 'profile', own);
    await expect(settings).to.be.accessible();
    const set = (name: string, value: string): void => {
      input(settings, `[name=${name}]`).value = value;
    };
    set('name', ' Giulia R. ');
    set('password', 'short');
    find(settings, '[type=submit]')?.click();
    await until(() => words(find(settings, '.error')).includes('at least 10'));
    set('password', '');
    set('email', 'taken@shop.example');
    find(settings, '[type=submit]')?.click();
    await until(() => input(settings, '[name=email]').getAttribute('aria-invalid') === 'true');
    set('email', 'giulia@shop.example');
    find(settings, '[type=submit]')?.click();
    await until(() => own.patches.length === 1);
    expect(own.patches).to.deep.equal([{ name: 'Giulia R.', email: 'giulia@shop.example' }]);
  });

  it('says where the profile comes from where the host signs agents in', async () => {
    const settings = await shown(openOffice(), 'profile');
    expect(words(find(settings, '[part=base]'))).to.contain('come from the application');
    expect(find(settings, 'input')).to.equal(null);
  });
});
