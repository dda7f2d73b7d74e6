import type { ConvInbox } from '../../src/elements/conv-inbox/conv-inbox.js';

const title = 'Inbox';
/** The client counts no further. */
const most = 100;

/** Shows how many conversations wait in the document's title and icon; returns the way out. */
export function showBadge(inbox: ConvInbox): () => void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  const waiting = document.querySelector('#icon-waiting')?.getAttribute('href');
  const calm = icon?.getAttribute('href') ?? '';

  function show(count: number): void {
    const number = count >= most ? `${String(most - 1)}+` : String(count);
    document.title = count === 0 ? title : `(${number}) ${title}`;
    icon?.setAttribute('href', count === 0 || !waiting ? calm : waiting);
  }

  inbox.addEventListener('conv-badge-changed', ({ detail }) => show(detail.count));
  return () => show(0);
}
