/** The Navigation API, where the browser has it; tells every navigation within the page. */
type Navigation = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** Calls after each navigation within the page; returns the way out. */
export function onNavigate(listener: () => void): () => void {
  let address = location.href;
  const heard = (): void => {
    // The page sets its new title after it has changed the address.
    setTimeout(() => {
      if (stopped || location.href === address) return;
      address = location.href;
      listener();
    });
  };
  let stopped = false;
  for (const [target, type] of sources()) target.addEventListener(type, heard);
  return () => {
    stopped = true;
    for (const [target, type] of sources()) target.removeEventListener(type, heard);
  };
}

function sources(): (readonly [Navigation, string])[] {
  const { navigation } = window as { navigation?: Navigation };
  return navigation
    ? [[navigation, 'currententrychange']]
    : [
        [window, 'popstate'],
        [window, 'hashchange'],
      ];
}
