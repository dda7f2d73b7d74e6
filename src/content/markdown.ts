import purifier, { type Config } from 'dompurify';
import { Marked } from 'marked';
import { markdownRules } from '../domain/markdown-rules.js';
import { safeHref } from '../domain/safe-href.js';

const allowed: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'start', 'align'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

/** Elements in each other beyond this come from nobody who wants to be read. */
const deepest = 40;

const marked = new Marked(markdownRules);

/**
 * Markdown to safe DOM: the only place that makes HTML from text. Nothing in the result runs or
 * loads anything: images become links, and links lead to http, https, mailto and tel only.
 *
 * Throws where DOMPurify does not work, for it would hand back its input uncleaned.
 */
export function renderMarkdown(text: string): DocumentFragment {
  if (!purifier.isSupported) throw new Error('HTML cannot be cleaned here: DOMPurify needs a DOM.');
  let html: string;
  try {
    html = marked.parse(text, { async: false });
  } catch {
    return plain(text);
  }
  const fragment = purifier.sanitize(html, allowed);
  if (depthOf(fragment) > deepest) return plain(text);
  for (const anchor of fragment.querySelectorAll('a')) secure(anchor);
  return fragment;
}

/** The last word on links, whatever came through above. */
function secure(anchor: HTMLAnchorElement): void {
  const href = safeHref(anchor.getAttribute('href') ?? '');
  if (href === null) {
    anchor.removeAttribute('href');
    return;
  }
  anchor.setAttribute('href', href);
  anchor.setAttribute('target', '_blank');
  anchor.setAttribute('rel', 'noopener noreferrer nofollow');
}

function plain(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(text);
  return fragment;
}

/** Depth of the tree, walked without recursion. */
function depthOf(root: Node): number {
  let depth = 0;
  let greatest = 0;
  for (let node: Node | null = root.firstChild; node;) {
    greatest = Math.max(greatest, depth + 1);
    if (node.firstChild) {
      node = node.firstChild;
      depth++;
      continue;
    }
    while (node && node !== root && !node.nextSibling) {
      node = node.parentNode;
      depth--;
    }
    if (!node || node === root) break;
    node = node.nextSibling;
  }
  return greatest;
}
