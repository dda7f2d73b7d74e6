const words =
  'the parcel came today but one wheel is bent so could you send another before Friday thanks I ' +
  'looked at your page for sizes and found two that fit which one do you have in blue with a rack';

/** What a message is known by; no message holds the mark of another. */
export const mark = (index: number): string => `[${index}]`;

/** Of very different lengths, always the same ones. */
export function makeTexts(count: number): string[] {
  const pool = words.split(' ');
  return Array.from({ length: count }, (_, index) => text(index, pool));
}

export function text(index: number, pool = words.split(' ')): string {
  const length = 3 + ((index * 7_919) % 23) + (index % 17 === 0 ? 40 : 0);
  const from = (index * 31) % pool.length;
  const body = Array.from({ length }, (_, at) => pool[(from + at) % pool.length]).join(' ');
  return `${mark(index)} ${body}`;
}
