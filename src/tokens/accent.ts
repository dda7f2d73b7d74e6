import { inkOn, mix, parseHex, readableOn, toHex } from './contrast.js';

const surfaces = { light: parseHex('#ffffff'), dark: parseHex('#1c1b19') } as const;
const online = [0x6f, 0xd6, 0xa5] as const;

const names = [
  '--conv-accent',
  '--conv-on-accent',
  '--conv-accent-soft',
  '--conv-accent-text',
  '--conv-header',
  '--conv-on-header',
  '--conv-on-header-secondary',
  '--conv-online-on-header',
  '--conv-bubble-out',
  '--conv-on-bubble-out',
] as const;

/** Every token that follows from the accent, for both themes. */
export type AccentTokens = Record<(typeof names)[number], string>;

/**
 * Derives the tokens of one accent (`#rgb` or `#rrggbb`): the ink on it, its soft ground, and a
 * shade that reads as text on either theme's surface. Null for what is not such a colour.
 */
export function accentTokens(accent: string): AccentTokens | null {
  const color = parseHex(accent);
  const { light, dark } = surfaces;
  if (!color || !light || !dark) return null;
  const ink = toHex(inkOn(color));
  // Controls need 3:1 with what they lie on, so a very dark or light accent moves a little.
  const control = { light: readableOn(color, light, 3), dark: readableOn(color, dark, 3) };
  const softLight = mix(light, color, 0.12);
  const softDark = mix(dark, color, 0.22);
  const pair = (a: string, b: string): string => `light-dark(${a}, ${b})`;
  return {
    '--conv-accent': pair(toHex(control.light), toHex(control.dark)),
    '--conv-on-accent': pair(toHex(inkOn(control.light)), toHex(inkOn(control.dark))),
    '--conv-accent-soft': pair(toHex(softLight), toHex(softDark)),
    '--conv-accent-text': pair(
      toHex(readableOn(color, softLight)),
      toHex(readableOn(color, softDark)),
    ),
    '--conv-header': toHex(color),
    '--conv-on-header': ink,
    '--conv-on-header-secondary': ink,
    '--conv-online-on-header': toHex(readableOn(online, color, 3)),
    '--conv-bubble-out': toHex(color),
    '--conv-on-bubble-out': ink,
  };
}

/** Sets or clears the accent of an element and all in it, by CSSOM (no inline style attribute). */
export function applyAccent(host: HTMLElement, accent: string | null | undefined): void {
  const tokens = accent ? accentTokens(accent) : null;
  for (const name of names) {
    if (tokens) host.style.setProperty(name, tokens[name]);
    else host.style.removeProperty(name);
  }
}
