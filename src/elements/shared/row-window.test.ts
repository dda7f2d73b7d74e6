import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { css, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { customElement } from './custom-element.js';
import { focused, until } from './office.fixture.js';
import { RowWindow, type ShownRow } from './row-window.js';

interface TestRow {
  key: string;
  height: number;
}

@customElement('test-rows')
class TestRows extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }

    .scroller {
      block-size: 400px;
      overflow-y: auto;
      overflow-anchor: none;
    }

    .list {
      display: flex;
      flex-direction: column;
      padding-block: 10px;
    }
  `;

  @property({ attribute: false }) rows: readonly TestRow[] = [];
  kept: string | null = null;
  renders = 0;
  estimates = 0;
  readonly window: RowWindow<TestRow>;

  constructor(edge: 'start' | 'end' = 'end') {
    super();
    this.window = new RowWindow<TestRow>(this, {
      scroller: () => this.scroller,
      list: () => this.list,
      key: (row) => row.key,
      estimate: () => {
        this.estimates++;
        return 50;
      },
      edge,
      kept: () => this.kept,
      onEdgeChanged: () => this.requestUpdate(),
    });
  }

  get scroller(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.scroller')!;
  }

  get list(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.list')!;
  }

  override render(): TemplateResult {
    this.renders++;
    return html`<div class="scroller" tabindex="0" @scroll=${this.window.onScroll}>
      <div class="list">
        ${repeat(
          this.window.show(this.rows),
          ({ key }) => key,
          ({ key, row }: ShownRow<TestRow>) =>
            html`<div data-key=${key}>
              <div style=${styleMap({ height: `${row.height}px` })}><button>${key}</button></div>
            </div>`,
        )}
      </div>
    </div>`;
  }
}

@customElement('test-cards')
class TestCards extends TestRows {
  constructor() {
    super('start');
  }
}

function some(count: number, prefix = 'm'): TestRow[] {
  return Array.from({ length: count }, (_, at) => ({
    key: `${prefix}${at}`,
    height: 24 + ((at * 37) % 120) + 0.4,
  }));
}

async function shown(count = 10_000): Promise<TestRows> {
  const element = await fixture<TestRows>(html`<test-rows .rows=${some(count)}></test-rows>`);
  await still();
  return element;
}

/** What a frame shows is known once its observers of sizes were told, after its callbacks. */
async function painted(): Promise<void> {
  await nextFrame();
  await aTimeout(0);
}

async function still(): Promise<void> {
  await painted();
  await painted();
}

const row = (element: TestRows, key: string): HTMLElement | null =>
  element.renderRoot.querySelector(`[data-key="${key}"]`);

const keys = (element: TestRows): string[] =>
  [...element.list.children].map((one) => (one as HTMLElement).dataset['key'] ?? '');

const place = (element: TestRows, key: string): number =>
  (row(element, key)?.getBoundingClientRect().top ?? NaN) -
  element.scroller.getBoundingClientRect().top;

const below = ({ scroller }: TestRows): number =>
  scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

const reading = (element: TestRows): string =>
  keys(element).find((key) => place(element, key) >= 0)!;

async function scrollBy(element: TestRows, px: number): Promise<void> {
  element.scroller.scrollTop += px;
  await still();
}

/** The row that is read stays at its pixel in each frame after the act. */
async function staysPut(element: TestRows, act: () => void): Promise<void> {
  const key = reading(element);
  const before = place(element, key);
  act();
  for (let frame = 0; frame < 4; frame++) {
    await painted();
    expect(place(element, key), `${key} in frame ${frame}`).to.be.closeTo(before, 1);
  }
}

function grow(element: TestRows, key: string, px: number): void {
  const content = row(element, key)!.firstElementChild as HTMLElement;
  content.style.height = `${content.offsetHeight + px}px`;
}

const viewIsFull = (element: TestRows): boolean => {
  const view = element.scroller.getBoundingClientRect();
  const boxes = [...element.list.children].map((one) => one.getBoundingClientRect());
  const inView = boxes.filter((box) => box.bottom > view.top && box.top < view.bottom);
  const covered = inView.reduce((sum, box) => {
    return sum + Math.min(box.bottom, view.bottom) - Math.max(box.top, view.top);
  }, 0);
  return covered >= view.height - 24;
};

describe('RowWindow', () => {
  it('begins at the end, with few elements', async () => {
    const element = await shown();
    expect(below(element)).to.be.lessThan(1);
    expect(keys(element).at(-1)).to.equal('m9999');
    expect(keys(element).length).to.be.lessThan(40);
  });

  it('shows what was scrolled to, with few elements', async () => {
    const element = await shown();
    for (const px of [-300, -5_000, -200_000, 40_000, 900, -1e9, 2_000, 1e9]) {
      await scrollBy(element, px);
      expect(viewIsFull(element), `after ${px}`).to.equal(true);
      expect(keys(element).length).to.be.lessThan(60);
    }
    expect(keys(element).at(-1)).to.equal('m9999');
  });

  it('scrolls without asking all rows', async () => {
    const element = await shown();
    const { estimates } = element;
    await scrollBy(element, -4_000);
    expect(element.estimates).to.equal(estimates);
    expect(element.renders).to.be.lessThan(12);
  });

  it('reaches the very top, without a gap', async () => {
    const element = await shown(300);
    for (let turn = 0; turn < 60 && element.scroller.scrollTop > 0; turn++) {
      element.scroller.scrollTop -= 700;
      await nextFrame();
    }
    await still();
    expect(keys(element)[0]).to.equal('m0');
    expect(place(element, 'm0')).to.be.closeTo(10, 1);
  });

  it('moves by as much as was scrolled, through rows of unknown height', async () => {
    const element = await shown();
    for (let turn = 0; turn < 30; turn++) {
      const key = reading(element);
      const before = place(element, key);
      element.scroller.scrollTop -= 170;
      await painted();
      expect(place(element, key)).to.be.closeTo(before + 170, 1);
    }
    await staysPut(element, () => undefined);
  });

  it('keeps the position when rows come before', async () => {
    const element = await shown(200);
    await scrollBy(element, -1e9);
    await scrollBy(element, 30);
    await staysPut(element, () => (element.rows = [...some(50, 'older'), ...element.rows]));
    expect(viewIsFull(element)).to.equal(true);
  });

  it('keeps the position when rows come after', async () => {
    const element = await shown(200);
    await scrollBy(element, -900);
    await staysPut(element, () => (element.rows = [...element.rows, ...some(3, 'new')]));
    expect(element.window.atEdge).to.equal(false);
  });

  it('follows what comes at the end, if the reader was there', async () => {
    const element = await shown(200);
    element.rows = [...element.rows, ...some(1, 'new')];
    await still();
    expect(below(element)).to.be.lessThan(1);
    await scrollBy(element, -30);
    expect(below(element)).to.be.closeTo(30, 1);
    element.requestUpdate();
    await still();
    expect(below(element)).to.be.closeTo(30, 1);
  });

  it('keeps the position when rows above and across the top grow late', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    const at = keys(element).indexOf(reading(element));
    await staysPut(element, () => grow(element, keys(element)[at - 1]!, 240));
    await staysPut(element, () => grow(element, keys(element)[at - 2]!, 90));
    await staysPut(element, () => grow(element, keys(element)[at + 1]!, 90));
  });

  it('keeps the position when the reader scrolls in the same moment', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    const key = reading(element);
    const at = keys(element).indexOf(key);
    const before = place(element, key);
    grow(element, keys(element)[at - 1]!, 240);
    element.scroller.scrollTop += 15;
    await still();
    expect(place(element, key)).to.be.closeTo(before - 15, 1);
  });

  it('keeps the position when the view changes its size', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    await staysPut(element, () => element.scroller.style.setProperty('block-size', '300px'));
    await staysPut(element, () => element.scroller.style.setProperty('block-size', '520px'));
    expect(viewIsFull(element)).to.equal(true);
  });

  it('stays at the end when the view or a row changes its size', async () => {
    const element = await shown(500);
    element.scroller.style.setProperty('block-size', '250px');
    await still();
    expect(below(element)).to.be.lessThan(1);
    grow(element, 'm499', 120);
    await still();
    expect(below(element)).to.be.lessThan(1);
  });

  it('keeps the position when the row that held it goes', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    const gone = reading(element);
    const next = keys(element)[keys(element).indexOf(gone) + 1]!;
    const before = place(element, next);
    element.rows = element.rows.filter(({ key }) => key !== gone);
    await still();
    expect(place(element, next)).to.be.closeTo(before, 1);
  });

  it('is not taken along by a row that moves away', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    const mover = reading(element);
    const next = keys(element)[keys(element).indexOf(mover) + 1]!;
    const before = place(element, next);
    const moved = element.rows.find(({ key }) => key === mover)!;
    element.rows = [moved, ...element.rows.filter((one) => one !== moved)];
    await still();
    expect(place(element, next)).to.be.closeTo(before, 1);
  });

  it('keeps the focused row, and the one that is asked for', async () => {
    const element = await shown();
    const button = row(element, 'm9999')!.querySelector('button')!;
    button.focus();
    element.kept = 'm9998';
    await scrollBy(element, -100_000);
    expect(focused()).to.equal(button);
    expect(keys(element).slice(-2)).to.deep.equal(['m9998', 'm9999']);
    expect(viewIsFull(element)).to.equal(true);
    await staysPut(element, () => (element.rows = [...some(50, 'older'), ...element.rows]));
    expect(focused()).to.equal(button);
    await scrollBy(element, 1e9);
    expect(focused()).to.equal(button);
    expect(below(element)).to.be.lessThan(1);
  });

  it('keeps the focused row above the window too', async () => {
    const element = await shown();
    await scrollBy(element, -1e9);
    const button = row(element, 'm0')!.querySelector('button')!;
    button.focus({ preventScroll: true });
    await scrollBy(element, 150_000);
    expect(focused()).to.equal(button);
    expect(viewIsFull(element)).to.equal(true);
    for (let turn = 0; turn < 5; turn++) {
      const key = reading(element);
      const before = place(element, key);
      element.scroller.scrollTop -= 300;
      await painted();
      expect(place(element, key)).to.be.closeTo(before + 300, 1);
    }
  });

  it('reveals a row that is not rendered', async () => {
    const element = await shown();
    const found = await element.window.reveal('m42');
    expect(found).to.equal(row(element, 'm42'));
    await still();
    expect(place(element, 'm42')).to.be.within(0, 400);
    expect(await element.window.reveal('none')).to.equal(null);
    element.window.jumpToEdge();
    await still();
    expect(below(element)).to.be.lessThan(1);
  });

  it('finds its place again after it was hidden', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    const key = reading(element);
    const before = place(element, key);
    element.style.display = 'none';
    await still();
    element.rows = [...element.rows, ...some(2, 'new')];
    await still();
    element.style.display = '';
    await still();
    expect(place(element, key)).to.be.closeTo(before, 1);
  });

  it('renders no more than it may where a host gave no height', async () => {
    const element = await fixture<TestRows>(html`<test-rows .rows=${[]}></test-rows>`);
    element.scroller.style.setProperty('block-size', 'auto');
    element.rows = some(5_000);
    await still();
    expect(keys(element).length).to.be.within(1, 200);
    const { renders } = element;
    await still();
    expect(element.renders).to.be.lessThan(renders + 3);
  });

  it('stays at the start of a list that begins there', async () => {
    const element = await fixture<TestCards>(html`<test-cards .rows=${some(1_000)}></test-cards>`);
    await still();
    expect(place(element, 'm0')).to.be.closeTo(10, 1);
    element.rows = [...some(1, 'new'), ...element.rows];
    await still();
    expect(place(element, 'new0')).to.be.closeTo(10, 1);
    await scrollBy(element, 4_000);
    await staysPut(element, () => (element.rows = [...some(1, 'newer'), ...element.rows]));
  });

  it('shows other rows from the edge', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    element.window.reset();
    element.rows = some(300, 'other');
    await until(() => keys(element).at(-1) === 'other299');
    await still();
    expect(below(element)).to.be.lessThan(1);
  });

  it('works again after it was moved in the document', async () => {
    const element = await shown(500);
    await scrollBy(element, -3_010);
    const place = document.createElement('div');
    element.parentElement!.append(place);
    place.append(element);
    await still();
    await scrollBy(element, -2_000);
    expect(viewIsFull(element)).to.equal(true);
  });
});
