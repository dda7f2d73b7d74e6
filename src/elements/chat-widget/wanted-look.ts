import {
  plainLook,
  type LookPatch,
  type WidgetColors,
  type WidgetLook,
  type WidgetPosition,
} from '../../domain/index.js';

/** Where the widget stands: beside the page, in the place of its tag, or instead of a page. */
export type Layout = 'floating' | 'inline' | 'page';

/** All that decides how a widget looks; the page wins over the workspace. */
export interface WantedLook {
  /** Null until the server told. */
  settings: WidgetLook | null;
  page: LookPatch;
  accent: string | null;
  layout: Layout;
}

/** What the page says of it; null and undefined where it says nothing. */
interface LookOptions {
  position: WidgetPosition | null;
  buttonStyle: WidgetLook['buttonStyle'] | null;
  buttonSize: number | null;
  chatWidth: number | null;
  chatHeight: number | null;
  colors: Partial<WidgetColors> | undefined;
  accent: string | null;
  layout: Layout;
}

const names = Object.keys(plainLook) as (keyof typeof plainLook)[];

export function wantedLook(page: LookOptions, settings: WidgetLook | null): WantedLook {
  const { accent, layout } = page;
  const given = [...names, 'colors' as const].filter((name) => page[name] != null);
  return {
    settings,
    page: Object.fromEntries(given.map((name) => [name, page[name]])),
    accent,
    layout,
  };
}

/** Looks that need no more than the core has: what a new workspace has. */
export function isPlain({ settings, page, accent, layout }: WantedLook): boolean {
  return (
    Object.keys(page).length === 0 &&
    accent === null &&
    layout === 'floating' &&
    (!settings ||
      (names.every((name) => settings[name] === plainLook[name]) &&
        !Object.values(settings.colors).some(Boolean)))
  );
}
