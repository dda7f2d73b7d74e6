import { svg, type TemplateResult } from 'lit';
import { icon } from './chat-icons.js';

/** Every icon; what a visitor sees at first is taken from `chat-icons.ts` itself. */
export * from './chat-icons.js';

export const inboxIcon = (): TemplateResult =>
  icon(
    svg`<polyline points="22 12 16 12 14 15 10 15 8 12 2 12"/><path d="M5.45 5.11 2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11z"/>`,
  );

export const listIcon = (): TemplateResult =>
  icon(svg`<path d="M4 5h16"/><path d="M4 12h16"/><path d="M4 19h16"/>`, true);

export const globeIcon = (): TemplateResult =>
  icon(
    svg`<circle cx="12" cy="12" r="10"/><path d="M12 2a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20"/><path d="M2 12h20"/>`,
  );

export const barChartIcon = (): TemplateResult =>
  icon(svg`<path d="M5 21v-6"/><path d="M12 21V3"/><path d="M19 21V9"/>`);

export const settingsIcon = (): TemplateResult =>
  icon(
    svg`<path d="M9.671 4.136a2.34 2.34 0 0 1 4.659 0 2.34 2.34 0 0 0 3.319 1.915 2.34 2.34 0 0 1 2.33 4.033 2.34 2.34 0 0 0 0 3.831 2.34 2.34 0 0 1-2.33 4.033 2.34 2.34 0 0 0-3.319 1.915 2.34 2.34 0 0 1-4.659 0 2.34 2.34 0 0 0-3.32-1.915 2.34 2.34 0 0 1-2.33-4.033 2.34 2.34 0 0 0 0-3.831A2.34 2.34 0 0 1 6.35 6.051a2.34 2.34 0 0 0 3.319-1.915"/><circle cx="12" cy="12" r="3"/>`,
  );

export const searchIcon = (): TemplateResult =>
  icon(svg`<path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/>`);

export const composeIcon = (): TemplateResult =>
  icon(
    svg`<path d="M12 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-7"/><path d="M18.375 2.625a1 1 0 0 1 3 3l-9.013 9.014a2 2 0 0 1-.853.505l-2.873.84a.5.5 0 0 1-.62-.62l.84-2.873a2 2 0 0 1 .506-.852z"/>`,
    true,
  );

export const chevronLeftIcon = (): TemplateResult => icon(svg`<path d="m15 18-6-6 6-6"/>`, true);

export const chevronRightIcon = (): TemplateResult => icon(svg`<path d="m9 18 6-6-6-6"/>`, true);

export const checkIcon = (): TemplateResult => icon(svg`<path d="M20 6 9 17l-5-5"/>`);

export const userPlusIcon = (): TemplateResult =>
  icon(
    svg`<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"/><circle cx="9" cy="7" r="4"/><line x1="19" x2="19" y1="8" y2="14"/><line x1="22" x2="16" y1="11" y2="11"/>`,
  );

export const usersIcon = (): TemplateResult =>
  icon(
    svg`<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"/><path d="M16 3.128a4 4 0 0 1 0 7.744"/><path d="M22 21v-2a4 4 0 0 0-3-3.87"/><circle cx="9" cy="7" r="4"/>`,
  );

export const banIcon = (): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="10"/><path d="M4.929 4.929 19.07 19.071"/>`);

export const trashIcon = (): TemplateResult =>
  icon(
    svg`<path d="M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`,
  );

export const moreIcon = (): TemplateResult =>
  icon(
    svg`<circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/><circle cx="5" cy="12" r="1"/>`,
  );

export const boldIcon = (): TemplateResult =>
  icon(svg`<path d="M6 12h9a4 4 0 0 1 0 8H7a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h7a4 4 0 0 1 0 8"/>`);

export const italicIcon = (): TemplateResult =>
  icon(
    svg`<line x1="19" x2="10" y1="4" y2="4"/><line x1="14" x2="5" y1="20" y2="20"/><line x1="15" x2="9" y1="4" y2="20"/>`,
  );

export const strikeIcon = (): TemplateResult =>
  icon(
    svg`<path d="M16 4H9a3 3 0 0 0-2.83 4"/><path d="M14 12a4 4 0 0 1 0 8H6"/><line x1="4" x2="20" y1="12" y2="12"/>`,
  );

export const codeIcon = (): TemplateResult =>
  icon(svg`<path d="m16 18 6-6-6-6"/><path d="m8 6-6 6 6 6"/>`);

export const quoteIcon = (): TemplateResult =>
  icon(svg`<path d="M17 5H3"/><path d="M21 12H8"/><path d="M21 19H8"/><path d="M3 12v7"/>`, true);

export const linkIcon = (): TemplateResult =>
  icon(
    svg`<path d="M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71"/><path d="M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"/>`,
  );

export const bulletListIcon = (): TemplateResult =>
  icon(
    svg`<path d="M3 5h.01"/><path d="M3 12h.01"/><path d="M3 19h.01"/><path d="M8 5h13"/><path d="M8 12h13"/><path d="M8 19h13"/>`,
    true,
  );

export const numberedListIcon = (): TemplateResult =>
  icon(
    svg`<path d="M11 5h10"/><path d="M11 12h10"/><path d="M11 19h10"/><path d="M4 4h1v5"/><path d="M4 9h2"/><path d="M6.5 20H3.4c0-1 2.6-1.925 2.6-3.5a1.5 1.5 0 0 0-2.6-1.02"/>`,
    true,
  );

export const smileIcon = (): TemplateResult =>
  icon(
    svg`<path d="M15 10V9"/><path d="M16.472 15a6 6 0 01-8.943 0"/><path d="M9 10V9"/><circle cx="12" cy="12" r="10"/>`,
  );

export const zapIcon = (): TemplateResult =>
  icon(
    svg`<path d="M15.914 4a1.5 1.5 0 00-2.474-1.561l-9 9A1.5 1.5 0 005.5 14h4.002a.5.5 0 01.471.666L8.086 20a1.5 1.5 0 002.475 1.56l9-9A1.5 1.5 0 0018.5 10h-3.997a.5.5 0 01-.472-.667z"/>`,
  );

export const lockIcon = (): TemplateResult =>
  icon(
    svg`<rect width="18" height="11" x="3" y="11" rx="2" ry="2"/><path d="M7 11V7a5 5 0 0 1 10 0v4"/>`,
  );

export const arrowDownIcon = (): TemplateResult =>
  icon(svg`<path d="M12 5v14"/><path d="m19 12-7 7-7-7"/>`);

export const arrowLeftIcon = (): TemplateResult =>
  icon(svg`<path d="m12 19-7-7 7-7"/><path d="M19 12H5"/>`, true);

export const arrowRightIcon = (): TemplateResult =>
  icon(svg`<path d="M5 12h14"/><path d="m12 5 7 7-7 7"/>`, true);

export const closeIcon = (): TemplateResult =>
  icon(svg`<path d="M18 6 6 18"/><path d="m6 6 12 12"/>`);

export const retryIcon = (): TemplateResult =>
  icon(svg`<path d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8"/><path d="M21 3v5h-5"/>`);

export const reopenIcon = (): TemplateResult =>
  icon(svg`<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/>`);

export const mailIcon = (): TemplateResult =>
  icon(
    svg`<path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7"/><rect x="2" y="4" width="20" height="16" rx="2"/>`,
  );

export const infoIcon = (): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="10"/><path d="M12 16v-4"/><path d="M12 8h.01"/>`);

export const sunIcon = (): TemplateResult =>
  icon(
    svg`<circle cx="12" cy="12" r="4"/><path d="M12 2v2"/><path d="M12 20v2"/><path d="m4.93 4.93 1.41 1.41"/><path d="m17.66 17.66 1.41 1.41"/><path d="M2 12h2"/><path d="M20 12h2"/><path d="m6.34 17.66-1.41 1.41"/><path d="m19.07 4.93-1.41 1.41"/>`,
  );

export const moonIcon = (): TemplateResult =>
  icon(
    svg`<path d="M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401"/>`,
  );

export const sortIcon = (): TemplateResult =>
  icon(
    svg`<path d="m21 16-4 4-4-4"/><path d="M17 20V4"/><path d="m3 8 4-4 4 4"/><path d="M7 4v16"/>`,
  );

export const plusIcon = (): TemplateResult => icon(svg`<path d="M5 12h14"/><path d="M12 5v14"/>`);

export const bellIcon = (): TemplateResult =>
  icon(
    svg`<path d="M10.268 21a2 2 0 0 0 3.464 0"/><path d="M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326"/>`,
  );

export const selectIcon = (): TemplateResult =>
  icon(
    svg`<path d="m3 17 2 2 4-4"/><path d="m3 7 2 2 4-4"/><path d="M13 6h8"/><path d="M13 12h8"/><path d="M13 18h8"/>`,
    true,
  );

export const panelRightIcon = (): TemplateResult =>
  icon(svg`<rect width="18" height="18" x="3" y="3" rx="2"/><path d="M15 3v18"/>`, true);

export const fileIcon = (): TemplateResult =>
  icon(
    svg`<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z"/><path d="M14 2v5a1 1 0 0 0 1 1h5"/>`,
  );

export const editIcon = (): TemplateResult =>
  icon(
    svg`<path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497zM15 5l4 4"/>`,
  );

export const copyIcon = (): TemplateResult =>
  icon(
    svg`<rect width="14" height="14" x="8" y="8" rx="2" ry="2"/><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"/>`,
  );

export const logOutIcon = (): TemplateResult =>
  icon(
    svg`<path d="m16 17 5-5-5-5"/><path d="M21 12H9"/><path d="M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4"/>`,
    true,
  );

export const clockIcon = (): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>`);

export const eyeIcon = (): TemplateResult =>
  icon(
    svg`<path d="M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0"/><circle cx="12" cy="12" r="3"/>`,
  );

export const phoneIcon = (): TemplateResult =>
  icon(
    svg`<path d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"/>`,
  );

export const commentIcon = (): TemplateResult =>
  icon(
    svg`<path d="M21 9a2.4 2.4 0 0 0-.706-1.706l-3.588-3.588A2.4 2.4 0 0 0 15 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2z"/><path d="M15 3v5a1 1 0 0 0 1 1h5"/>`,
  );

export const downloadIcon = (): TemplateResult =>
  icon(
    svg`<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>`,
  );

export const imageIcon = (): TemplateResult =>
  icon(
    svg`<rect width="18" height="18" x="3" y="3" rx="2"/><circle cx="9" cy="9" r="2"/><path d="m21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21"/>`,
  );

export const offlineIcon = (): TemplateResult =>
  icon(
    svg`<path d="M12 20h.01"/><path d="M8.5 16.429a5 5 0 0 1 7 0"/><path d="M5 12.859a10 10 0 0 1 5.17-2.69"/><path d="M19 12.859a10 10 0 0 0-2.007-1.523"/><path d="M2 8.82a15 15 0 0 1 4.177-2.643"/><path d="M22 8.82a15 15 0 0 0-11.288-3.764"/><path d="m2 2 20 20"/>`,
  );
