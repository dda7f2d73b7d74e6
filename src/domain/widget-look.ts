import { plainLook } from './plain-look.js';

/** Edge, then place along it: b(ottom), l(eft) and r(ight) of the window; or inline, where its tag stands. */
export const widgetPositions = ['bl', 'bc', 'br', 'lt', 'lm', 'lb', 'rt', 'rm', 'rb'] as const;
export type WidgetPosition = (typeof widgetPositions)[number];

/** Each is `#rrggbb`; null is the kit's own, which has a dark side as well. */
export interface WidgetColors {
  buttonBg: string | null;
  buttonText: string | null;
  chatBg: string | null;
  clientBubbleBg: string | null;
  agentBubbleBg: string | null;
}

/** How a workspace's widget looks where the page does not say otherwise (S5.1, S5.2). */
export interface WidgetLook {
  buttonStyle: 'round' | 'tab';
  position: WidgetPosition;
  /** Height of the button in px, from 40 to 100. */
  buttonSize: number;
  /** Size of the panel in px, where the window has room. */
  chatWidth: number;
  chatHeight: number;
  colors: WidgetColors;
  /** Rings when an answer comes. */
  sound: boolean;
  /** Says whose kit it is at the foot of the panel. */
  poweredBy: boolean;
}

export const defaultLook: WidgetLook = {
  ...plainLook,
  colors: {
    buttonBg: null,
    buttonText: null,
    chatBg: null,
    clientBubbleBg: null,
    agentBubbleBg: null,
  },
  sound: true,
  poweredBy: false,
};

/** What differs in a look; all else stays. */
export type LookPatch = Partial<Omit<WidgetLook, 'colors'>> & { colors?: Partial<WidgetColors> };

/** The look with a patch on it. */
export function withLook(look: WidgetLook, patch: LookPatch = {}): WidgetLook {
  return { ...look, ...patch, colors: { ...look.colors, ...patch.colors } };
}

/** What a workspace may say in its own words; all else is the kit's. */
export const widgetTexts = [
  'greeting',
  'available',
  'messenger',
  'hidden',
  'empty',
  'placeholder',
  'button',
  'formIntro',
  'formThanks',
  'groupQuestion',
  'ratingQuestion',
] as const;
export type WidgetText = (typeof widgetTexts)[number];

/** Texts by language of the widget (BCP 47). */
export type WidgetTexts = Record<string, Partial<Record<WidgetText, string>>>;
