import { aTimeout, expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  findAll,
  focused,
  me,
  openOffice,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvNav } from './conv-nav.js';
import './conv-nav.js';

const seeds = [
  { contact: { name: 'Ada' }, messages: [{ text: 'One' }] },
  { contact: { name: 'Ben' }, messages: [{ text: 'Two' }] },
  { contact: { name: 'Cho' }, assigneeIds: [me], messages: [{ text: 'Three' }] },
];

async function shown(office: Office): Promise<ConvNav> {
  const nav = await fixture<ConvNav>(html`<conv-nav .client=${office.client}></conv-nav>`);
  await until(() => findAll(nav, '.count').length > 0);
  return nav;
}

const link = (nav: ConvNav, name: string): HTMLElement | undefined =>
  findAll(nav, 'a').find((one) => words(one) === name);

describe('conv-nav', () => {
  it('S3.2 shows three views with counts of open conversations', async () => {
    const nav = await shown(openOffice(seeds));
    const counts = findAll(nav, 'li').map((one) => [
      words(one.querySelector('a')),
      words(one.querySelector('.count')),
    ]);
    expect(counts).to.deep.equal([
      ['My messages', '1'],
      ['Unassigned', '2'],
      ['All messages', '3'],
    ]);
  });

  it('is accessible, as a rail and as a bar', async () => {
    const nav = await shown(openOffice(seeds));
    await expect(nav).to.be.accessible();
    nav.bar = true;
    await nav.updateComplete;
    await expect(nav).to.be.accessible();
  });

  it('goes to another view with the keyboard', async () => {
    const nav = await shown(openOffice(seeds));
    const changed = oneEvent(nav, 'conv-view-changed');
    await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal(link(nav, 'My messages'));
    await sendKeys({ press: 'Enter' });
    expect((await changed).detail).to.deep.equal({ view: 'mine' });
    await nav.updateComplete;
    expect(link(nav, 'My messages')?.getAttribute('aria-current')).to.equal('page');
    expect(link(nav, 'Unassigned')?.hasAttribute('aria-current')).to.equal(false);
  });

  it('does not follow its links, so that the page stays', async () => {
    const nav = await shown(openOffice(seeds));
    link(nav, 'All messages')?.click();
    await aTimeout(0);
    expect(location.hash).to.equal('');
  });

  it('counts anew when a visitor writes', async () => {
    const office = openOffice(seeds);
    const nav = await shown(office);
    office.server.seed({ contact: { name: 'Dee' }, messages: [{ text: 'Four' }] });
    await until(
      () => words(link(nav, 'Unassigned')?.parentElement?.querySelector('.count')) === '3',
    );
  });
});
