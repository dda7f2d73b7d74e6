/** A number from 0 up to, not including, 1. */
export type Random = () => number;

export const systemRandom: Random = () => {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value / 2 ** 32;
};

/**
 * How long to wait before try number `tries + 1`, in ms: anything between nothing and a limit that
 * doubles with each try, so that clients cut at one moment do not come back at one moment.
 */
export function fullJitter(
  tries: number,
  random: Random,
  { baseMs, capMs }: { baseMs: number; capMs: number },
): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(tries, 20)));
}
