/** Fires a public event: it bubbles and leaves the shadow root. False when it was cancelled. */
export function emit<Detail>(
  host: EventTarget,
  name: string,
  detail: Detail,
  { cancelable = false } = {},
): boolean {
  return host.dispatchEvent(
    new CustomEvent<Detail>(name, { detail, bubbles: true, composed: true, cancelable }),
  );
}
