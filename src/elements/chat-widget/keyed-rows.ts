import { render } from 'lit';

const placed = new WeakMap<Element, Map<string, HTMLElement>>();

/**
 * Puts rows into an element that holds nothing else, each in a box of its own: a row that was there
 * under the same key keeps its nodes, and none moves that need not. Lit's `repeat` does it for any
 * list, at four times the size.
 */
export function renderRows<Row extends { key: string }>(
  place: Element,
  rows: readonly Row[],
  renderRow: (row: Row) => unknown,
): void {
  const boxes = placed.get(place) ?? new Map<string, HTMLElement>();
  placed.set(place, boxes);
  const keys = new Set(rows.map(({ key }) => key));
  for (const [key, box] of boxes) {
    if (keys.has(key)) continue;
    box.remove();
    boxes.delete(key);
  }
  let next = place.firstElementChild;
  for (const row of rows) {
    const box = boxes.get(row.key) ?? document.createElement('div');
    boxes.set(row.key, box);
    render(renderRow(row), box);
    if (box === next) next = box.nextElementSibling;
    else place.insertBefore(box, next);
  }
}
