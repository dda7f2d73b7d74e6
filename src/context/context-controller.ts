import { ContextConsumer, type Context } from '@lit/context';
import type { ReactiveElement } from 'lit';
import { attachContextRoot } from './root.js';

/**
 * Reads a context: the nearest provider's value, kept up to date. It is `undefined` while there is
 * none, and arrives by itself when a provider upgrades later.
 */
export class ContextController<Value> {
  readonly #consumer: ContextConsumer<Context<unknown, Value>, ReactiveElement>;

  constructor(host: ReactiveElement, context: Context<unknown, Value>) {
    attachContextRoot();
    this.#consumer = new ContextConsumer(host, { context, subscribe: true });
  }

  get value(): Value | undefined {
    return this.#consumer.value;
  }
}
