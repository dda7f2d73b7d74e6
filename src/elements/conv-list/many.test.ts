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
} from '../shared/office.fixture.js';
import type { ConvList } from './conv-list.js';
import './conv-list.js';

const total = 400;

async function shown(): Promise<{ list: ConvList; office: ReturnType<typeof openOffice> }> {
  const office = openOffice(
    Array.from({ length: total }, (_, at) => ({
      id: `cv_${at}`,
      contact: { id: `ct_${at}`, name: `Person ${at}` },
      messages: [{ text: 'Hello', agoMs: (at + 1) * minute }],
    })),
  );
  const list = await fixture<ConvList>(html`<conv-list .client=${office.client}></conv-list>`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host { block-size: 500px !important }');
  list.shadowRoot?.adoptedStyleSheets.push(sheet);
  await until(() => find(list, '.card[data-id=cv_0]'));
  return { list, office };
}

const focusedId = (): string | undefined => (focused() as HTMLElement | null)?.dataset['id'];

const rendered = (list: ConvList): number => findAll(list, '.card[data-id]').length;

async function toEnd(list: ConvList): Promise<void> {
  const scroller = find(list, '.scroller')!;
  await until(() => {
    scroller.scrollTop = scroller.scrollHeight;
    return find(list, `.card[data-id=cv_${total - 1}]`);
  });
}

describe('conv-list, many conversations', () => {
  it('S3.13 a window of cards is rendered, however many there are', async () => {
    const { list } = await shown();
    await toEnd(list);
    expect(rendered(list)).to.be.lessThan(60);
    const last = find(list, `.card[data-id=cv_${total - 1}]`)!;
    await until(() => last.getBoundingClientRect().bottom <= list.getBoundingClientRect().bottom);
    const row = last.closest('li')!;
    expect(row.getAttribute('aria-posinset')).to.equal(String(total));
    expect(row.getAttribute('aria-setsize')).to.equal(String(total));
  });

  it('S3.14 who reads further down stays there when cards come and move', async () => {
    const { list, office } = await shown();
    const scroller = find(list, '.scroller')!;
    scroller.scrollTop = 1_000;
    const card = await until(() =>
      findAll(list, '.card[data-id]').find((one) => one.getBoundingClientRect().top > 200),
    );
    await new Promise(requestAnimationFrame);
    const before = card.getBoundingClientRect().top;
    office.server.say('ct_40', 'Hello again');
    await until(() => list.shadowRoot?.querySelector('.card[data-id=cv_40]') === null);
    expect(Math.abs(card.getBoundingClientRect().top - before)).to.be.at.most(1);
    expect(words(card)).to.contain('Person');
  });

  it('End, Home and the arrows reach every card, rendered or not', async () => {
    const { list } = await shown();
    await toEnd(list);
    find(list, '.scroller')!.scrollTop = 0;
    (await until(() => find(list, '.card[data-id=cv_0]'))).focus();
    await sendKeys({ press: 'End' });
    await until(() => focusedId() === `cv_${total - 1}`);
    await sendKeys({ press: 'ArrowUp' });
    await until(() => focusedId() === `cv_${total - 2}`);
    await sendKeys({ press: 'Home' });
    await until(() => focusedId() === 'cv_0');
  });

  it('the focused card stays although the reader scrolls far away', async () => {
    const { list } = await shown();
    find(list, '.card[data-id=cv_1]')!.focus();
    await toEnd(list);
    expect(focusedId()).to.equal('cv_1');
    expect(rendered(list)).to.be.lessThan(60);
  });
});
