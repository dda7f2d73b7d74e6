/** Tab goes round in `panel` while it covers the page. */
export function keepFocusInside(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [
    ...panel.querySelectorAll<HTMLElement>(
      'button:not(:disabled, [tabindex]), a[href], :is(input, textarea):not(:disabled, [hidden])',
    ),
  ];
  const [first] = stops;
  const last = stops.at(-1);
  const active = (panel.getRootNode() as ShadowRoot).activeElement;
  const leaves = event.shiftKey ? active === first || active === panel : active === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** Where focus goes in an opened panel: on touch screens a field would bring up the keyboard. */
export function focusInside(panel: HTMLElement | null, field: HTMLElement | null): void {
  const target = field && !window.matchMedia('(pointer: coarse)').matches ? field : panel;
  target?.focus({ preventScroll: true });
}
