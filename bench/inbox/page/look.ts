/** All text of an element, through open shadow roots. */
function deepText(node: Node): string {
  if (node instanceof Text) return node.data;
  const inner = node instanceof Element && node.shadowRoot ? deepText(node.shadowRoot) : '';
  let text = inner;
  for (const child of node.childNodes) text += deepText(child);
  return text;
}

/** Nodes of a subtree, through open shadow roots. */
export function countNodes(node: Node): number {
  let count = 1;
  if (node instanceof Element && node.shadowRoot) count += countNodes(node.shadowRoot);
  for (let child = node.firstChild; child; child = child.nextSibling) count += countNodes(child);
  return count;
}

/** Rows of a kit may come with others that are none: dividers, an anchor to scroll to. */
const others = 4;

/** Of places far down a long document, in px. */
const tolerance = 3;

/** Whether a row at this end holds `mark` and is wholly in the view. */
export function isInView(
  rows: Element | null,
  scroller: HTMLElement | null,
  end: 'first' | 'last',
  mark: string,
): boolean {
  if (!rows || !scroller) return false;
  const view = scroller.getBoundingClientRect();
  let row = end === 'first' ? rows.firstElementChild : rows.lastElementChild;
  for (let seen = 0; row && seen < others; seen += 1) {
    const { top, bottom, height } = row.getBoundingClientRect();
    if (height > 0 && deepText(row).includes(mark)) {
      return top >= view.top - tolerance && bottom <= view.bottom + tolerance;
    }
    row = end === 'first' ? row.nextElementSibling : row.previousElementSibling;
  }
  return false;
}
