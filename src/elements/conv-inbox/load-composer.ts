/** A first paint has no field to write in; what failed to load is asked for again later. */
export function loadComposer(): void {
  import('../conv-composer/conv-composer.js').catch(() => undefined);
}
