/** Colours as `#rgb` or `#rrggbb`; sRGB. The formulas are those of WCAG 2.2, 1.4.3. */
type Rgb = readonly [number, number, number];

/** Reads `#rgb` or `#rrggbb`; null for anything else. */
export function parseHex(color: string): Rgb | null {
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(color.trim())?.[1];
  if (!digits) return null;
  const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = Number.parseInt(long, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function toHex(rgb: Rgb): string {
  return '#' + rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('');
}

/** The rounded colour that a screen shows, so that is what must reach a ratio. */
export function asShown(rgb: Rgb): Rgb {
  return parseHex(toHex(rgb)) ?? rgb;
}

/** Moves `from` towards `to`; 0 is all `from`, 1 all `to`. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const first = luminance(a);
  const second = luminance(b);
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

export const white: Rgb = [255, 255, 255];
export const black: Rgb = [0, 0, 0];

/** The ink that reads on a ground: white where it reaches 4.5:1, else black (which then does). */
export function inkOn(ground: Rgb): Rgb {
  return contrast(ground, white) >= 4.5 ? white : black;
}

/** The nearest shade of `color` that reaches `ratio` on `ground`. */
export function readableOn(color: Rgb, ground: Rgb, ratio = 4.5): Rgb {
  const goal = contrast(ground, white) > contrast(ground, black) ? white : black;
  for (let share = 0; share < 1; share += 0.05) {
    const shown = asShown(mix(color, goal, share));
    if (contrast(shown, ground) >= ratio) return shown;
  }
  return goal;
}
