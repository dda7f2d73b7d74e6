import type { ConvProvider } from '../../src/elements/conv-provider/conv-provider.js';
import { defaultView } from '../../src/domain/view.js';

/** Keeps the number of conversations with a dot in the document's title; returns the way out. */
export function showUnread(provider: ConvProvider): () => void {
  const title = 'Inbox';
  let stop = (): void => undefined;
  let stopped = false;
  void provider.updateComplete.then(() => {
    const list = provider.activeClient?.list({ ...defaultView, name: 'all' });
    if (stopped || !list) return;
    stop = list.$list.subscribe(({ cards, more }) => {
      const waiting = cards.filter(({ dot }) => dot !== 'none').length;
      const count = `${String(waiting)}${more && waiting === cards.length ? '+' : ''}`;
      document.title = waiting === 0 ? title : `(${count}) ${title}`;
    });
  });
  return () => {
    stopped = true;
    stop();
    document.title = title;
  };
}
