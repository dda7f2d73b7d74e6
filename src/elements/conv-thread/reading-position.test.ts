import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { atom } from 'nanostores';
import type { AgentClient } from '../../store/agent-client.js';
import type { Thread, ThreadItem } from '../../store/thread-item.js';
import {
  find,
  findAll,
  focused,
  me,
  minute,
  openOffice,
  rootOf,
  until,
  words,
  type Office,
} from '../shared/office.fixture.js';
import {
  below,
  bubbles,
  calm,
  longOffice,
  openThread,
  painted,
  place,
  reading,
  rowOf,
  scroller,
} from './conv-thread.fixture.js';
import type { ConvThread } from './conv-thread.js';

/** A client whose conversation holds all of its messages already. */
function holding(count: number): { office: Office; client: AgentClient; add(text: string): void } {
  const office = openOffice();
  const store = office.client.conversation('cv_maja');
  const $thread = atom<Thread>({
    status: 'ready',
    error: null,
    items: Array.from({ length: count }, (_, at) => item(at + 1, count)),
    hasOlder: false,
    loadingOlder: false,
    newAfter: null,
  });
  const client = { ...office.client, conversation: () => ({ ...store, $thread }) };
  const add = (text: string): void => {
    const { items } = $thread.get();
    const next = { ...item(items.length + 1, items.length), text, own: false };
    $thread.set({ ...$thread.get(), items: [...items, next] });
  };
  return { office, client, add };
}

function item(position: number, count: number): ThreadItem {
  const own = position % 4 === 0;
  return {
    kind: 'reply',
    author: own
      ? { type: 'agent', id: me, name: 'Giulia Rossi', avatarUrl: null }
      : { type: 'contact', id: 'ct_maja', name: 'Maja Lindqvist', avatarUrl: null },
    text: `Message ${position}${' and more of it'.repeat((position * 7) % 23)}`,
    format: 'plain',
    system: null,
    email: null,
    mentions: [],
    attachments: [],
    createdAt: Date.now() - (count - position) * minute,
    editedAt: null,
    deletedAt: null,
    key: `m${position}`,
    id: `m${position}`,
    position,
    own,
    state: own ? 'sent' : null,
    error: null,
  };
}

async function scrollBy(thread: ConvThread, px: number): Promise<void> {
  scroller(thread).scrollTop += px;
  await painted(2);
}

/** The message that is read stays at its pixel in each frame after the act. */
async function staysPut(thread: ConvThread, act: () => unknown, frames = 5): Promise<void> {
  const text = reading(thread);
  const before = place(thread, text);
  act();
  for (let frame = 0; frame < frames; frame++) {
    await painted();
    expect(place(thread, text), `${text} in frame ${frame}`).to.be.closeTo(before, 1);
  }
}

/** As a picture that has loaded does, whose size nobody knew. */
const growAbove = (thread: ConvThread, rows: number): void => {
  const all = findAll(thread, '.message');
  const at = all.indexOf(rowOf(thread, reading(thread))!);
  all[at - rows]!.querySelector('conv-message')!.style.minHeight = '260px';
};

/** All that a screen reader is told, from now on. */
function listen(thread: ConvThread): string[] {
  const heard: string[] = [];
  const live = '[aria-live]:not([aria-live=off]), [role=status], [role=log], [role=alert]';
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes, target, type } of changes) {
      const at = target instanceof Element ? target : target.parentElement;
      const nodes = type === 'characterData' ? [target] : [...addedNodes];
      for (const node of nodes) {
        const inside = at?.closest(live) ?? (node instanceof Element && node.querySelector(live));
        const said = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
        if ((inside || (node instanceof Element && node.matches(live))) && said) heard.push(said);
      }
    }
  });
  const options = { subtree: true, childList: true, characterData: true };
  observer.observe(rootOf(thread), options);
  return heard;
}

describe('conv-thread: the reading position', () => {
  before(() => setViewport({ width: 900, height: 700 }));

  it('S3.20 older pages come on scroll, nothing jumps, and a button with a count goes to the latest', async () => {
    const office = longOffice();
    const thread = await openThread(office.client);
    await until(() => below(thread) < 1);
    const { items } = office.client.conversation('cv_maja').$thread.get();
    scroller(thread).scrollTop = 200;
    await painted();
    await staysPut(thread, () => undefined, 12);
    await until(
      () => office.client.conversation('cv_maja').$thread.get().items.length > items.length,
    );
    await staysPut(thread, () => {
      office.server.say('ct_maja', 'One');
      office.server.say('ct_maja', 'Two');
    });
    await until(() => words(find(thread, '.latest .count')) === '2');
    expect(find(thread, '.latest')?.getAttribute('aria-label')).to.contain('2 new messages');
    await calm(thread);
    await expect(thread).to.be.accessible();
    find(thread, '.latest')?.click();
    await until(() => below(thread) < 1 && bubbles(thread).at(-1) === 'Two');
    await until(() => !find(thread, '.latest'));
    expect(focused()).to.equal(scroller(thread));
  });

  it('goes back to the first message of all', async () => {
    const thread = await openThread(longOffice().client);
    await until(() => below(thread) < 1);
    await until(() => {
      if (scroller(thread).scrollTop > 0) scroller(thread).scrollTop = 0;
      return bubbles(thread)[0] === 'Message 1';
    });
    await painted(2);
    expect(find(thread, '.rows')?.firstElementChild?.getAttribute('aria-posinset')).to.equal('1');
    expect(rowOf(thread, 'Message 1')?.getAttribute('aria-setsize')).to.match(/^1\d\d$/);
  });

  it('S3.20 stays while pictures load late, above and across the top', async () => {
    const { client } = holding(400);
    const thread = await openThread(client);
    await scrollBy(thread, -2_345);
    await staysPut(thread, () => growAbove(thread, 1));
    await staysPut(thread, () => growAbove(thread, 2));
    await staysPut(thread, () => growAbove(thread, -2));
  });

  it('S3.20 stays while a message above is edited, or deleted', async () => {
    const office = longOffice(45);
    const thread = await openThread(office.client);
    await scrollBy(thread, -600);
    const store = office.client.conversation('cv_maja');
    const { items } = store.$thread.get();
    const at = items.findIndex(({ text }) => text === reading(thread));
    const [far, near] = [
      items.find(({ own }) => own),
      items.slice(0, at).findLast(({ own }) => own),
    ];
    await staysPut(thread, () => store.edit(near?.id ?? '', 'Longer. '.repeat(60)), 8);
    await staysPut(thread, () => store.edit(far?.id ?? '', 'Longer. '.repeat(60)), 8);
    await staysPut(thread, () => store.delete(near?.id ?? ''), 8);
  });

  it('S3.20 stays while the pane is made narrower, lower, and larger of type', async () => {
    const { client } = holding(400);
    const thread = await openThread(client);
    await scrollBy(thread, -2_345);
    await staysPut(thread, () => thread.style.setProperty('inline-size', '420px'));
    await staysPut(thread, () => thread.style.setProperty('block-size', '300px'));
    await staysPut(thread, () => thread.style.setProperty('inline-size', '800px'));
    await staysPut(thread, () => thread.style.setProperty('--conv-font-size', '200%'));
  });

  it('opens each conversation at its end', async () => {
    const office = longOffice(60);
    const other = office.server.seed({
      messages: Array.from({ length: 45 }, (_, at) => ({ text: `Other ${at}`, agoMs: minute })),
    });
    const thread = await openThread(office.client);
    for (const [id, last] of [
      [other, 'Other 44'],
      ['cv_maja', 'Message 60'],
      [other, 'Other 44'],
    ]) {
      thread.conversationId = id;
      await until(() => bubbles(thread).at(-1) === last);
      await painted(2);
      expect(below(thread), last).to.be.lessThan(1);
      expect(find(thread, '.latest') === null).to.equal(true);
      await scrollBy(thread, -300);
    }
  });

  it('stays at the end there, whatever changes', async () => {
    const { client, add } = holding(400);
    const thread = await openThread(client);
    await painted(2);
    for (const act of [
      () => add('Newest'),
      () => thread.style.setProperty('inline-size', '420px'),
      () => thread.style.setProperty('block-size', '300px'),
    ]) {
      act();
      await painted(3);
      expect(below(thread)).to.be.lessThan(1);
    }
  });

  it('renders few of 10,000 messages, wherever the reader is', async () => {
    const { client, add } = holding(10_000);
    const thread = await openThread(client);
    await painted(2);
    for (const px of [0, -3_000, -1e9, 50_000, 1e9]) {
      await scrollBy(thread, px);
      expect(findAll(thread, '*').length).to.be.lessThan(700);
      expect(place(thread, reading(thread))).to.be.lessThan(300);
    }
    add('Newest');
    await until(() => bubbles(thread).at(-1) === 'Newest');
  });

  it('keeps the focus in a message that leaves the view, and moves on from it', async () => {
    const { client } = holding(1_000);
    const thread = await openThread(client);
    await painted(2);
    const last = findAll(thread, '.edit-act').at(-1)!;
    last.focus();
    await scrollBy(thread, -20_000);
    expect(focused()).to.equal(last);
    await sendKeys({ press: 'ArrowUp' });
    await until(() => focused() !== last);
    expect((focused() as HTMLElement).dataset['id']).to.equal('m996');
    await sendKeys({ press: 'Home' });
    await until(() => (focused() as HTMLElement).dataset['id'] === 'm4');
    await painted(2);
    expect(rowOf(thread, reading(thread))).not.to.equal(undefined);
    const view = scroller(thread).getBoundingClientRect();
    expect(focused()!.getBoundingClientRect().top).to.be.within(view.top, view.bottom);
  });

  it('keeps what is typed into a message that is edited and leaves the view', async () => {
    const { client } = holding(1_000);
    const thread = await openThread(client);
    await painted(2);
    findAll(thread, '.edit-act').at(-1)!.click();
    const field = await until(() => find<HTMLTextAreaElement>(thread, '.edit textarea'));
    field.value = 'Half a sentence';
    scroller(thread).focus();
    await scrollBy(thread, -20_000);
    await scrollBy(thread, 1e9);
    expect(find<HTMLTextAreaElement>(thread, '.edit textarea')?.value).to.equal('Half a sentence');
  });

  it('announces each message of the other side once, and no window, page, edit or own message', async () => {
    const office = longOffice();
    const thread = await openThread(office.client);
    await until(() => below(thread) < 1);
    const heard = listen(thread);
    const store = office.client.conversation('cv_maja');
    store.send('reply', 'Mine');
    await until(() => bubbles(thread).includes('Mine'));
    scroller(thread).scrollTop = 0;
    await until(() => store.$thread.get().items.length > 60);
    office.server.say('ct_maja', 'Hello there');
    await scrollBy(thread, -4_000);
    await scrollBy(thread, 3_000);
    const own = store.$thread.get().items.findLast((one) => one.own);
    await store.edit(own?.id ?? '', 'Mine, edited');
    office.server.answer('cv_maja', 'ag_tomas', 'She is a regular', 'comment');
    await scrollBy(thread, 1e9);
    await until(() => heard.length >= 2);
    await painted(3);
    expect(heard).to.deep.equal([
      'Maja Lindqvist: Hello there',
      'Comment by Tomás Moreno: She is a regular',
    ]);
  });
});
