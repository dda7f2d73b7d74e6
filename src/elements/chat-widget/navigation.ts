/** Calls after each navigation within the page; returns the way out. */
export function onNavigate(listener: () => void): () => void {
  const life = new AbortController();
  const { signal } = life;
  let address = location.href;
  const heard = (): void => {
    // The page sets its new title after it has changed the address.
    setTimeout(() => {
      if (signal.aborted || location.href === address) return;
      address = location.href;
      listener();
    });
  };
  // The Navigation API, where the browser has it, tells every navigation within the page.
  const { navigation } = window as { navigation?: EventTarget };
  navigation?.addEventListener('currententrychange', heard, { signal });
  if (!navigation) {
    for (const type of ['popstate', 'hashchange']) window.addEventListener(type, heard, { signal });
  }
  return () => life.abort();
}
