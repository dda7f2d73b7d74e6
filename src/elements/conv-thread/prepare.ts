import type { CSSResultOrNative } from 'lit';
import { localizerFor } from '../../i18n/index.js';
import { inboxEnglish } from '../../i18n/inbox.js';
import { whenIdle } from '../shared/when-idle.js';

/**
 * Makes what a first thread would wait for while the page has nothing else to do: the browser's
 * formats of times take longer than all rows of a view, and sheets of styles are parsed.
 */
export function prepareThread(
  ...elements: { elementStyles: readonly CSSResultOrNative[] }[]
): void {
  whenIdle(() => {
    const l = localizerFor(document.documentElement.lang || navigator.language, inboxEnglish);
    l.time(0);
    l.fullTime(0);
    l.dayName(0, 0);
    for (const { elementStyles } of elements) {
      for (const style of elementStyles) if ('styleSheet' in style) void style.styleSheet;
    }
  });
}
