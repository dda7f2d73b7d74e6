import type { Page } from '@playwright/test';

interface Recorder {
  heard: string[];
}

/**
 * Records from the next page on what a screen reader is told: each text that comes into a live
 * region or changes in it, in every shadow root, and each live region that comes with a text.
 * Nothing is left out: a text that comes twice is recorded twice.
 */
export async function recordLiveRegions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const recorder = { heard: [] as string[] };
    Object.assign(window, { liveRegions: recorder });
    const live = '[aria-live], [role=status], [role=log], [role=alert]';

    const isLive = (element: Element): boolean =>
      element.matches(live) && element.getAttribute('aria-live') !== 'off';

    /** The nearest one that has a word in it decides. */
    const regionOf = (from: Node | null): Element | null => {
      for (let node = from; node;) {
        if (node instanceof Element && node.matches(live)) return isLive(node) ? node : null;
        node = node instanceof ShadowRoot ? node.host : node.parentNode;
      }
      return null;
    };

    const tell = (region: Element, text: string | null): void => {
      const words = (text ?? '').replace(/\s+/g, ' ').trim();
      if (words === '') return;
      const kind = region.getAttribute('role') ?? region.getAttribute('aria-live') ?? '';
      recorder.heard.push(`${kind}: ${words}`);
    };

    const onAdded = (node: Node, into: Node): void => {
      const region = regionOf(into);
      if (region) return tell(region, node.textContent);
      if (!(node instanceof Element)) return;
      const regions = [node, ...node.querySelectorAll(live)].filter(isLive);
      for (const one of regions) tell(one, one.textContent);
    };

    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes, attributeName } of records) {
        if (type === 'childList') for (const node of addedNodes) onAdded(node, target);
        const region = regionOf(target);
        if (!region) continue;
        if (type === 'characterData') tell(region, target.textContent);
        // What was hidden comes to be heard.
        if (attributeName !== null && !(target as Element).hasAttribute(attributeName)) {
          tell(region, target.textContent);
        }
      }
    });
    const options = {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: ['hidden', 'aria-hidden'],
    };
    observer.observe(document, options);
    const attachShadow = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init): ShadowRoot {
      const root = attachShadow.call(this, init);
      observer.observe(root, options);
      return root;
    };
  });
}

/** All that was said since the page came, or since `forget`. */
export function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { liveRegions: Recorder }).liveRegions.heard);
}

export async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as { liveRegions: Recorder }).liveRegions.heard = [];
  });
}
