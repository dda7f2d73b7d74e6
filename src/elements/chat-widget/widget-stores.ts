import type { ReactiveControllerHost } from 'lit';
import type { ReadableAtom } from 'nanostores';
import { StoreController } from '../../context/index.js';
import type { VisitorClient } from '../../store/visitor-client.js';

/** What a widget shows, of the client that it has at the moment. */
export function widgetStores(
  host: ReactiveControllerHost,
  client: () => VisitorClient | undefined,
) {
  const of = <Value>(
    read: (client: VisitorClient) => ReadableAtom<Value>,
  ): StoreController<Value> =>
    new StoreController<Value>(host, () => {
      const current = client();
      return current && read(current);
    });
  return {
    connection: of(({ $connection }) => $connection),
    settings: of(({ $settings }) => $settings),
    availability: of(({ $availability }) => $availability),
    conversation: of(({ $conversation }) => $conversation),
    thread: of(({ $thread }) => $thread),
    typing: of(({ $typing }) => $typing),
    unread: of(({ $unread }) => $unread),
    fault: of(({ $fault }) => $fault),
    form: of(({ $form }) => $form),
    blocked: of(({ $formBlocks }) => $formBlocks),
  };
}

export type WidgetStores = ReturnType<typeof widgetStores>;
