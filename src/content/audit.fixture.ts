const tags = new Set(
  (
    'p br hr strong em del code pre blockquote ul ol li a h1 h2 h3 h4 h5 h6 ' +
    'table thead tbody tr th td'
  )
    .split(' ')
    .map((name) => name.toUpperCase()),
);
const attributes = new Set(['href', 'target', 'rel', 'start', 'align']);
const schemes = /^(?:https?:|mailto:|tel:)/;

/** Complaints about rendered text: anything that could run, load, restyle or be taken for ours. */
export function audit(root: ParentNode): string[] {
  const complaints: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (!tags.has(element.tagName)) complaints.push(`element ${element.tagName}`);
    for (const { name, value } of element.attributes) {
      if (!attributes.has(name)) complaints.push(`attribute ${name}="${value}"`);
      if (name === 'href' && !schemes.test(value)) complaints.push(`address ${value}`);
    }
    if (element.hasAttribute('href') && element.getAttribute('rel') !== safeRel) {
      complaints.push(`link without rel: ${element.outerHTML}`);
    }
  }
  return complaints;
}

const safeRel = 'noopener noreferrer nofollow';

/** What has run or was asked for since the page began; empty when nothing did. */
export function traces(): string[] {
  const ran = 'hostileRan' in window ? ['script ran'] : [];
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.includes('hostile.invalid'));
  return [...ran, ...loaded];
}
