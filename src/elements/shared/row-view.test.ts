import { expect } from '@open-wc/testing';
import { RowTable } from './row-table.js';
import { RowView } from './row-view.js';

const rows = (count: number): string[] => Array.from({ length: count }, (_, at) => `m${at}`);

describe('RowView', () => {
  it('keeps a few rows that messages push out of the window, and then lets go of them', () => {
    const table = new RowTable<string>(
      (row) => row,
      () => 50,
    );
    const view = new RowView(table, 'end');
    view.height = 400;
    view.early = false;
    view.replace(rows(100));
    view.move();
    const { from } = view;
    const most = 100 - from + 8;
    for (let count = 101; count <= 140; count++) {
      view.replace(rows(count));
      view.move();
      expect(view.covered).to.equal(true);
      expect(view.to).to.equal(count);
      expect(view.to - view.from).to.be.at.most(most);
      if (count === 108) expect(view.from).to.equal(from);
    }
    expect(view.from).to.be.greaterThan(from);
  });
});
