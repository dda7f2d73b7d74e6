import {
  defaultLook,
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

export function wantedLook(page: LookOptions, settings: WidgetLook | null): WantedLook {
  const { accent, layout, position, buttonStyle, buttonSize, chatWidth, chatHeight, colors } = page;
  const given = { position, buttonStyle, buttonSize, chatWidth, chatHeight, colors };
  return {
    settings,
    page: Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)),
    accent,
    layout,
  };
}

const plain = ['buttonStyle', 'position', 'buttonSize', 'chatWidth', 'chatHeight'] as const;

/** Looks that need no more than the core has: what a new workspace has. */
export function isPlain({ settings, page, accent, layout }: WantedLook): boolean {
  return (
    Object.keys(page).length === 0 &&
    accent === null &&
    layout === 'floating' &&
    (!settings ||
      (plain.every((name) => settings[name] === defaultLook[name]) &&
        !Object.values(settings.colors).some(Boolean)))
  );
}
