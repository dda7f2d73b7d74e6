import { expect, fixture, html, oneEvent } from '@open-wc/testing';
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
import type { ConvGroups } from './conv-groups.js';
import './conv-groups.js';

async function shown({ client }: Office): Promise<ConvGroups> {
  const groups = await fixture<ConvGroups>(html`<conv-groups .client=${client}></conv-groups>`);
  await until(() => client.$me.get() && find(groups, '.new, .hint'));
  return groups;
}

const names = (groups: ConvGroups): string[] =>
  findAll(groups, '.item strong').map((name) => words(name));

const isFocused = (groups: ConvGroups, selector: string): boolean =>
  focused() !== null && focused() === find(groups, selector);

describe('conv-groups', () => {
  it('S4.6 makes a group with names by language, members, and hidden from visitors', async () => {
    const office = openOffice();
    const groups = await shown(office);
    await until(() => find(groups, '.new'));
    await expect(groups).to.be.accessible();
    find(groups, '.new')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => isFocused(groups, 'form [name=name]'));
    await sendKeys({ type: 'Repairs' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    const select = find<HTMLSelectElement>(groups, 'fieldset > select')!;
    select.value = 'de';
    select.dispatchEvent(new Event('change'));
    await until(() => isFocused(groups, 'input[data-language=de]'));
    await sendKeys({ type: 'Werkstatt' });
    find(groups, '[name=private]')!.click();
    await expect(groups).to.be.accessible();
    const saved = oneEvent(groups, 'conv-group-saved');
    find(groups, '[type=submit]')!.click();
    const { detail } = await saved;
    expect(detail.names).to.deep.equal({ de: 'Werkstatt' });
    expect(detail.private).to.equal(true);
    expect(detail.memberIds.length).to.equal(1);
    await until(() => names(groups).includes('Repairs'));
    expect(words(find(groups, '.news'))).to.equal('Repairs is saved.');
    expect(words(find(groups, '.item'))).to.contain('Hidden from visitors');
  });

  it('edits and deletes one, asked once', async () => {
    const office = openOffice();
    const groups = await shown(office);
    await office.client.saveGroup({ name: 'Fitting', names: {}, private: false, memberIds: [] });
    const edit = await until(() => find(groups, '[aria-label="Edit Fitting"]'));
    const taken = names(groups).find((one) => one !== 'Fitting') ?? '';
    edit.click();
    const name = await until(() => find<HTMLInputElement>(groups, '[name=name]'));
    name.value = '';
    find(groups, '[type=submit]')!.click();
    await until(() => words(find(groups, '.error')).includes('Give it a name'));
    name.value = taken;
    find(groups, '[type=submit]')!.click();
    await until(() => words(find(groups, '.error')).includes('of this name already'));
    name.value = 'Nordics';
    find(groups, '[type=submit]')!.click();
    (await until(() => find(groups, '[aria-label="Delete Nordics"]'))).click();
    await until(() => isFocused(groups, '.keep'));
    find(groups, '.asked .danger')!.click();
    await until(() => !names(groups).includes('Nordics'));
    await until(() => words(find(groups, '.news')) === 'Nordics is deleted.');
  });

  it('S4.7 tells an agent that owners and admins change groups', async () => {
    const office = openOffice();
    for (const agent of office.server.workspace.agents.values()) agent.role = 'agent';
    const groups = await shown(office);
    await until(() => words(find(groups, '.hint')).includes('Only owners and admins'));
    expect(findAll(groups, '.new').length).to.equal(0);
  });

  it('what was refused is said, and what was written stays', async () => {
    const office = openOffice();
    const groups = await shown(office);
    (await until(() => find(groups, '.new'))).click();
    const name = await until(() => find<HTMLInputElement>(groups, '[name=name]'));
    name.value = 'Repairs';
    office.server.cut({ stayDown: true });
    find(groups, '[type=submit]')!.click();
    await until(() => words(find(groups, '.error')).includes('no connection'));
    expect(name.value).to.equal('Repairs');
  });
});
