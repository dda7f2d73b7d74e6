/** In ms: later than that it is done whether or not the page has time. */
const patience = 500;

/** Does it when the page has nothing else to do; not at all where there is no page. Gives the way out. */
export function whenIdle(act: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined;
  if (typeof window.requestIdleCallback !== 'function') {
    const timer = setTimeout(act, patience / 2);
    return () => clearTimeout(timer);
  }
  const call = window.requestIdleCallback(act, { timeout: patience });
  return () => window.cancelIdleCallback(call);
}
