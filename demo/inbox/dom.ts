/** The one element that the page must have; throws when the page and its script do not match. */
export function find<T extends Element>(root: ParentNode, selector: string): T {
  const element = root.querySelector<T>(selector);
  if (!element) throw new Error(`The page has no ${selector}: index.html and its script differ.`);
  return element;
}
