import { expect, fixture, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import {
  find,
  findAll,
  focused,
  minute,
  openOffice,
  stood,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import type { ConvList } from './conv-list.js';
import './conv-list.js';

const people = ['Ada', 'Bo', 'Cy', 'Di', 'Ed'];

function office(): Office {
  return openOffice(
    people.map((name, at) => ({
      id: `cv_${name}`,
      contact: { id: `ct_${name}`, name },
      messages: [{ text: `Hello from ${name}`, agoMs: (at + 1) * minute }],
    })),
  );
}

async function shown({ client }: Office): Promise<ConvList> {
  const list = await fixture<ConvList>(html`<conv-list .client=${client}></conv-list>`);
  await until(() => findAll(list, '.card[data-id]').length === people.length);
  return list;
}

const focusedId = (): string | undefined => (focused() as HTMLElement | null)?.dataset['id'];

const names = (list: ConvList): string[] => findAll(list, '.card .name').map((name) => words(name));

const box = (list: ConvList, name: string): HTMLInputElement =>
  find<HTMLInputElement>(list, `.pick input[data-id=cv_${name}]`)!;

const checked = (list: ConvList): string[] => people.filter((name) => box(list, name)?.checked);

const button = (list: ConvList, label: string): HTMLElement =>
  findAll(list, '.bulk button, .done button').find((each) => words(each) === label)!;

async function press(element: HTMLElement, modifier?: 'Shift'): Promise<void> {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (modifier) await sendKeys({ down: modifier });
  await sendMouse({
    type: 'click',
    position: [Math.round(left + width / 2), Math.round(top + height / 2)],
  });
  if (modifier) await sendKeys({ up: modifier });
}

describe('conv-list, several at once', () => {
  afterEach(() => resetMouse());

  it('a checkbox says which of many nameless visitors it selects', async () => {
    const question = 'Does the blue roadster ship to Malmö before Christmas?';
    const list = await shown(
      openOffice(
        ['Hi', 'Hi', question, 'Bonjour', 'Is anybody there?'].map((text, at) => ({
          contact: {},
          messages: [{ text, agoMs: at * minute }],
        })),
      ),
    );
    const labels = findAll(list, '.pick input').map((input) => input.getAttribute('aria-label'));
    expect(new Set(labels).size).to.equal(people.length);
    expect(labels[2]).to.match(/^Select Visitor, Does the blue roadster ship to Malmö bef…, /);
    const closes = findAll(list, '.close').map((close) =>
      (close.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => words(list.shadowRoot?.getElementById(id)))
        .join(' '),
    );
    expect(closes[4]).to.equal('Visitor Is anybody there?');
  });

  it('S3.10 selects by checkbox, a range with shift, or all', async () => {
    const list = await shown(office());
    await press(box(list, 'Ada'));
    await press(box(list, 'Cy'), 'Shift');
    expect(checked(list)).to.deep.equal(['Ada', 'Bo', 'Cy']);
    expect(words(find(list, '.bulk'))).to.contain('3 selected');
    const all = find<HTMLInputElement>(list, '[aria-label="Select all"]')!;
    expect(all.indeterminate).to.equal(true);
    all.click();
    await list.updateComplete;
    expect(checked(list)).to.deep.equal(people);
    all.click();
    await list.updateComplete;
    expect(checked(list)).to.deep.equal([]);
  });

  it('S3.10 closes several, and undoes it', async () => {
    const { server, client } = office();
    const list = await shown({ server, client });
    const closed: string[] = [];
    list.addEventListener('conv-conversation-closed', ({ detail }) => {
      closed.push(detail.conversationId);
    });
    await press(box(list, 'Bo'));
    await press(box(list, 'Di'));
    button(list, 'Close').click();
    await until(() => names(list).length === 3);
    await until(() => closed.length === 2);
    expect(closed.sort()).to.deep.equal(['cv_Bo', 'cv_Di']);
    expect(words(find(list, '.done'))).to.contain('2 conversations closed');
    expect(find(list, '.bulk')).to.equal(null);
    button(list, 'Undo').focus();
    button(list, 'Undo').click();
    await until(() => names(list).length === 5);
    expect(focused()?.classList.contains('card'), 'the focus is on a card').to.equal(true);
    expect(server.workspace.conversations.get('cv_Bo')?.state).to.equal('open');
  });

  it('S3.10 asks once before it deletes', async () => {
    const { server, client } = office();
    const list = await shown({ server, client });
    await press(box(list, 'Ada'));
    await press(box(list, 'Ed'));
    button(list, 'Delete').click();
    const dialog = await until(() => find<HTMLDialogElement>(list, 'dialog[open]'));
    expect(words(dialog)).to.contain('Delete 2 conversations?');
    expect(words(focused())).to.equal('Cancel');
    await stood(list);
    await expect(list).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => !find(list, 'dialog'));
    expect(names(list).length).to.equal(5);
    button(list, 'Delete').click();
    (await until(() => find(list, 'dialog[open] .yes'))).click();
    await until(() => names(list).length === 3);
    expect(names(list)).to.deep.equal(['Bo', 'Cy', 'Di']);
    expect(words(find(list, '.done'))).to.contain('2 conversations deleted');
    expect(find(list, '.undo')).to.equal(null);
  });

  it('does all of it with the keyboard, and the focus is never lost', async () => {
    const list = await shown(office());
    find(list, '.picking')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.getAttribute('aria-label') === 'Select all');
    await sendKeys({ press: 'Space' });
    await until(() => checked(list).length === 5);
    await sendKeys({ press: 'Escape' });
    await until(() => focused()?.getAttribute('aria-label') === 'Select conversations');
    find(list, '.card[data-id=cv_Ada]')!.focus();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    await until(() => checked(list).length === 1);
    button(list, 'Close').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => names(list).length === 4);
    await until(() => focusedId() === 'cv_Bo');
  });

  it('what was refused is shown with its reason, and stays selected', async () => {
    const { server, client } = office();
    const list = await shown({ server, client });
    await press(box(list, 'Ada'));
    server.cut({ stayDown: true });
    button(list, 'Close').click();
    const fault = await until(() => find(list, '.fault'));
    expect(words(fault)).to.contain('no connection');
    expect(names(list).length).to.equal(5);
    expect(checked(list)).to.deep.equal(['Ada']);
  });

  it('what a host keeps is neither closed nor deleted', async () => {
    const { server, client } = office();
    const list = await shown({ server, client });
    list.addEventListener('conv-before-conversation-close', (event) => {
      if (event.detail.conversationId === 'cv_Bo') event.preventDefault();
    });
    find<HTMLElement>(list, '.picking')!.click();
    await list.updateComplete;
    find<HTMLElement>(list, '[aria-label="Select all"]')!.click();
    await list.updateComplete;
    button(list, 'Close').click();
    await until(() => names(list).length === 1);
    expect(names(list)).to.deep.equal(['Bo']);
  });

  it('is accessible while selecting', async () => {
    const list = await shown(office());
    await press(box(list, 'Ada'));
    await stood(list);
    await expect(list).to.be.accessible();
    button(list, 'Close').click();
    await until(() => names(list).length === 4);
    await stood(list);
    await expect(list).to.be.accessible();
  });
});
