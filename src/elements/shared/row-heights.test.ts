import { expect } from '@open-wc/testing';
import { RowHeights } from './row-heights.js';

describe('RowHeights', () => {
  it('knows where rows begin, through changes', () => {
    const heights = new RowHeights();
    heights.splice(
      0,
      0,
      Float64Array.from({ length: 1_000 }, (_, at) => at % 7),
    );
    heights.set(500, 90);
    heights.splice(10, 5, Float64Array.of(40, 50));
    heights.splice(20, 3, Float64Array.of(1, 2, 3));
    heights.splice(
      100,
      300,
      Float64Array.from({ length: 300 }, (_, at) => at % 5),
    );
    const list = Array.from({ length: heights.count }, (_, at) => heights.of(at));
    let sum = 0;
    for (const [at, height] of list.entries()) {
      expect(heights.before(at)).to.equal(sum);
      if (height > 0) expect(heights.at(sum + height / 2)).to.equal(at);
      sum += height;
    }
    expect(heights.total).to.equal(sum);
    expect(heights.at(sum + 99)).to.equal(996);
    expect(heights.at(-5)).to.equal(0);
  });

  it('takes rows at its end, and gives them back', () => {
    const heights = new RowHeights();
    const list: number[] = [];
    for (let step = 0; step < 400; step++) {
      const removed = step % 5 === 4 ? 3 : 0;
      const added = Array.from({ length: 1 + (step % 3) }, (_, at) => 20 + ((step + at) % 9));
      heights.splice(list.length - removed, removed, Float64Array.from(added));
      list.splice(list.length - removed, removed, ...added);
    }
    heights.set(3, 70);
    list[3] = 70;
    expect(heights.count).to.equal(list.length);
    let sum = 0;
    for (const [at, height] of list.entries()) {
      expect(heights.before(at)).to.equal(sum);
      expect(heights.at(sum + 1)).to.equal(at);
      sum += height;
    }
    expect(heights.total).to.equal(sum);
    expect(heights.of(list.length)).to.equal(0);
    heights.splice(0, list.length, new Float64Array(0));
    expect(heights.total).to.equal(0);
  });
});
