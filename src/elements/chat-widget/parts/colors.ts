import type { WidgetColors } from '../../../domain/index.js';
import {
  asShown,
  black,
  contrast,
  inkOn,
  mix,
  parseHex,
  readableOn,
  toHex,
  white,
} from '../../../tokens/contrast.js';

/** The ink on a ground: the wanted one, moved as far as it has to be to read there. */
export function inkOnto(ground: string, wanted: string | null): string | null {
  const on = parseHex(ground);
  const ink = wanted ? parseHex(wanted) : null;
  if (!on) return null;
  return toHex(ink ? readableOn(ink, on) : inkOn(on));
}

/**
 * Tokens that follow from a workspace's colours of the panel and of bubbles, each with an ink that
 * reads on it. `accent` is what coloured controls on the panel come from, null for the kit's own.
 */
export function chatTokens(
  { chatBg, clientBubbleBg, agentBubbleBg }: WidgetColors,
  accent: string | null,
): Record<string, string> {
  return {
    ...(chatBg ? panelTokens(chatBg, accent ?? '#0b6670') : {}),
    ...(clientBubbleBg
      ? {
          '--conv-bubble-out': clientBubbleBg,
          '--conv-on-bubble-out': inkOnto(clientBubbleBg, null) ?? '',
        }
      : {}),
    ...(agentBubbleBg
      ? { '--conv-bubble-in': agentBubbleBg, '--_bubble-ink': inkOnto(agentBubbleBg, null) ?? '' }
      : {}),
  };
}

function panelTokens(chatBg: string, accent: string): Record<string, string> {
  const ground = parseHex(chatBg);
  const colored = parseHex(accent);
  if (!ground || !colored) return {};
  const ink = inkOn(ground);
  let sunken = asShown(mix(ground, ink, 0.06));
  // Where the ink would no more read on that, away from it.
  if (contrast(ink, sunken) < 4.5) sunken = asShown(mix(ground, ink[0] ? black : white, 0.06));
  /** So much of the ink, or as much more of it as reads on both grounds. */
  const shade = (share: number): string => {
    const words = asShown(mix(ground, ink, share));
    const reads = [ground, sunken].every((on) => contrast(words, on) >= 4.5);
    return reads || share > 0.99 ? toHex(words) : shade(share + 0.05);
  };
  const control = readableOn(colored, ground, 3);
  const soft = mix(ground, colored, 0.12);
  return {
    '--conv-surface': toHex(ground),
    '--conv-canvas': toHex(ground),
    '--conv-ink': toHex(ink),
    '--conv-secondary': shade(0.7),
    '--conv-tertiary': shade(0.6),
    '--conv-sunken': toHex(sunken),
    '--conv-line': toHex(mix(ground, ink, 0.14)),
    '--conv-control-edge': toHex(readableOn(mix(ground, ink, 0.45), ground, 3)),
    '--conv-bubble-in': toHex(sunken),
    '--conv-danger': toHex(readableOn([0xc0, 0x26, 0x1a], ground)),
    '--conv-accent': toHex(control),
    '--conv-on-accent': toHex(inkOn(control)),
    '--conv-accent-soft': toHex(soft),
    '--conv-accent-text': toHex(readableOn(colored, soft)),
  };
}
