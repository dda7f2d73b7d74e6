/** What tells that now is a good moment to connect, or to see whether one is; returns the way out. */
export type Wake = (wake: () => void) => () => void;

/** The part of a page's `window` that is used; on Node there is none. */
export interface Page {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
  document?: {
    readonly visibilityState: string;
    addEventListener(type: string, listener: () => void): void;
    removeEventListener(type: string, listener: () => void): void;
  };
}

/** The network came or went, or somebody looks at the page again. */
export function pageWake(page: Page = globalThis as unknown as Page): Wake {
  return (wake) => {
    const onVisibility = (): void => {
      if (page.document?.visibilityState === 'visible') wake();
    };
    const listen = (method: 'addEventListener' | 'removeEventListener'): void => {
      for (const type of ['online', 'offline', 'pageshow']) page[method]?.(type, wake);
      page.document?.[method]('visibilitychange', onVisibility);
    };
    listen('addEventListener');
    return () => listen('removeEventListener');
  };
}
