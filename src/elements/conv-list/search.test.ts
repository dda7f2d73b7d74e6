import { expect, fixture, html, oneEvent } from '@open-wc/testing';
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
import type { ConvList } from './conv-list.js';
import './conv-list.js';

async function shown({ client }: Office): Promise<ConvList> {
  const list = await fixture<ConvList>(html`<conv-list .client=${client}></conv-list>`);
  await until(() => findAll(list, '.card[data-id]').length > 0);
  return list;
}

const focusedId = (): string | undefined => (focused() as HTMLElement | null)?.dataset['id'];

const field = (list: ConvList): HTMLInputElement => find<HTMLInputElement>(list, '.search input')!;

const ids = (list: ConvList): (string | undefined)[] =>
  findAll(list, '.card[data-id]').map((card) => card.dataset['id']);

const marks = (list: ConvList): string[] => findAll(list, 'mark').map((mark) => words(mark));

async function type(list: ConvList, text: string): Promise<void> {
  field(list).focus();
  await sendKeys({ type: text });
}

describe('conv-list, search', () => {
  it('S3.11 finds names, emails and messages, and shows the words that match', async () => {
    const list = await shown(openOffice());
    await type(list, 'brandt');
    await until(() => ids(list).join() === 'cv_paula' && marks(list).includes('Brandt'));
    field(list).select();
    await sendKeys({ type: 'maja@lind' });
    await until(() => ids(list).join() === 'cv_maja' && marks(list).length > 0);
    field(list).select();
    await sendKeys({ type: 'frame siz' });
    // What the first letters found may be shown for a moment.
    await until(() => ids(list).join() === 'cv_sinead' && marks(list).join() === 'frame,siz');
    expect(words(find(list, '.found'))).to.equal('1 conversation found');
    await expect(list).to.be.accessible();
  });

  it('says when nothing was found; Escape brings the view back', async () => {
    const list = await shown(openOffice());
    const before = ids(list);
    await type(list, 'zzzz');
    const state = await until(() => find(list, '.state'));
    expect(words(state)).to.contain('Nothing found for “zzzz”');
    await expect(list).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => ids(list).length === before.length);
    expect(field(list).value).to.equal('');
    expect(focused()).to.equal(field(list));
  });

  it('opens a result with the keyboard alone', async () => {
    const list = await shown(openOffice());
    await type(list, 'frame');
    await until(() => ids(list).join() === 'cv_sinead');
    const opened = oneEvent(list, 'conv-conversation-opened');
    await sendKeys({ press: 'ArrowDown' });
    expect(focusedId()).to.equal('cv_sinead');
    await sendKeys({ press: 'Enter' });
    expect((await opened).detail).to.deep.equal({ conversationId: 'cv_sinead' });
  });

  it('says so when the search cannot be done, and tries again', async () => {
    const office = openOffice();
    const list = await shown(office);
    office.server.cut({ stayDown: true });
    await type(list, 'frame');
    await until(() => find(list, '.state[role=alert]'));
    office.server.restore();
    await until(() => office.client.$connection.get().state === 'online');
    find(list, '.state[role=alert] .button')?.click();
    await until(() => ids(list).join() === 'cv_sinead');
  });

  it('results follow what happens to them', async () => {
    const office = openOffice([
      {
        id: 'cv_a',
        contact: { id: 'ct_a', name: 'Ada' },
        messages: [{ text: 'A lamp', agoMs: 9 * minute }],
      },
    ]);
    const list = await shown(office);
    await type(list, 'lamp');
    await until(() => marks(list).length === 1);
    await office.client.deleteConversations(['cv_a']);
    await until(() => ids(list).length === 0);
  });
});
