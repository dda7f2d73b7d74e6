import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/**
 * Icons, inlined: no icon font, no fetch. Paths are those of Lucide (ISC licence,
 * https://lucide.dev/license), on a grid of 24. Each is decorative: what holds it has the name.
 * A function each, so that a bundle holds only those that it shows.
 */
export const icon = (paths: SVGTemplateResult, mirrored = false): TemplateResult =>
  html`<svg
    class=${mirrored ? 'icon mirrored' : 'icon'}
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${paths}
  </svg>`;

export const userIcon = (): TemplateResult =>
  icon(svg`<path d="M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2"/><circle cx="12" cy="7" r="4"/>`);

export const chevronDownIcon = (): TemplateResult => icon(svg`<path d="m6 9 6 6 6-6"/>`);

export const arrowUpIcon = (): TemplateResult =>
  icon(svg`<path d="m5 12 7-7 7 7"/><path d="M12 19V5"/>`);

export const chatIcon = (): TemplateResult =>
  icon(
    svg`<path d="M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719"/>`,
  );

export const warningIcon = (): TemplateResult =>
  icon(
    svg`<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>`,
  );

export const paperclipIcon = (): TemplateResult =>
  icon(
    svg`<path d="m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551"/>`,
  );
