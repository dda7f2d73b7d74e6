import type { Transport } from '../../../src/transport/transport.js';

/** Holds back what a server in this page pushes, so that it arrives when it is let in. */
export interface Gate {
  before(transport: Transport): Transport;
  close(): void;
  /** Resolves once a push waits. */
  something(): Promise<void>;
  /** Everything that waits arrives now, in order. */
  open(): void;
}

export function gate(): Gate {
  let isOpen = true;
  let waiting: (() => void)[] = [];
  let onWaiting: (() => void) | undefined;

  return {
    before: (transport) =>
      new Proxy(transport, {
        get(target, key) {
          if (key !== 'subscribe') {
            const value: unknown = Reflect.get(target, key, target);
            return typeof value === 'function' ? (value.bind(target) as unknown) : value;
          }
          const subscribe: Transport['subscribe'] = (topic, handlers) =>
            target.subscribe(topic, {
              ...handlers,
              joinPayload: () => handlers.joinPayload(),
              onEvent(event, payload) {
                if (isOpen) return handlers.onEvent(event, payload);
                waiting.push(() => handlers.onEvent(event, payload));
                onWaiting?.();
              },
            });
          return subscribe;
        },
      }),
    close: () => (isOpen = false),
    something: () =>
      new Promise((resolve) => {
        if (waiting.length > 0) resolve();
        else onWaiting = resolve;
      }),
    open() {
      isOpen = true;
      const arrived = waiting;
      waiting = [];
      for (const arrive of arrived) arrive();
    },
  };
}
