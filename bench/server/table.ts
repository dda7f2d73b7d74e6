import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { Figure, Row } from './rows.js';

/** One measurement of each server, one right after the other. */
export interface Round {
  readonly bare: Figure;
  readonly channels: Figure;
}

export interface Verdict {
  readonly row: Row;
  readonly bare: number;
  readonly channels: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
  /** The same by the server's CPU time. */
  readonly cpuRatio: number | undefined;
  readonly note: string;
  /** Undefined without a target. */
  readonly met: boolean | undefined;
}

export function judge(row: Row, rounds: readonly Round[]): Verdict {
  const ratio = median(rounds.map(({ bare, channels }) => channels.value / bare.value));
  const byCpu = rounds.flatMap(({ bare, channels }) =>
    bare.perCpuSecond && channels.perCpuSecond ? [channels.perCpuSecond / bare.perCpuSecond] : [],
  );
  const channels = median(rounds.map((round) => round.channels.value));
  const last = rounds.at(-1);
  return {
    row,
    bare: median(rounds.map((round) => round.bare.value)),
    channels,
    ratio,
    cpuRatio: byCpu.length > 0 ? median(byCpu) : undefined,
    note: last?.channels.note ? `${last.channels.note} (bare: ${last.bare.note ?? ''})` : '',
    met: isMet(row, ratio, channels),
  };
}

function isMet({ target, floor, better }: Row, ratio: number, value: number): boolean | undefined {
  if (floor !== undefined) return value >= floor;
  if (target === undefined) return undefined;
  return better === 'more' ? ratio >= target : ratio <= target;
}

/** Where the figures come from; they compare with others of the same machine only. */
export function showMachine(): void {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const busy = loadavg()[0]?.toFixed(1) ?? '?';
  console.log(
    `${availableParallelism()} cores of ${model}, ${gigabytes} GB, ${process.platform}, ` +
      `Node ${process.versions.node}, load average at the start ${busy}\n`,
  );
}

export function showTable(verdicts: readonly Verdict[]): void {
  const lines = [
    ['row', '', 'bare ws', 'channels', 'ratio', 'by CPU', 'target', '', ''],
    ...verdicts.map(({ row, bare, channels, ratio, cpuRatio, note, met }) => [
      row.name,
      row.title,
      `${figure(bare)} ${row.unit}`,
      `${figure(channels)} ${row.unit}`,
      ratio.toFixed(2),
      cpuRatio?.toFixed(2) ?? '',
      targetOf(row),
      met === undefined ? '' : met ? 'met' : 'MISSED',
      note,
    ]),
  ];
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function targetOf({ target, floor, unit, better }: Row): string {
  if (floor !== undefined) return `${floor} ${unit}`;
  if (target === undefined) return '';
  return better === 'more' ? `>= ${target}` : `<= ${target}`;
}

function figure(value: number): string {
  return value >= 1_000
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(value < 10 ? 2 : 1);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
