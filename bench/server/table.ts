import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { Round, Row } from './comparison.js';

export interface Verdict {
  readonly row: Row;
  readonly theirs: number;
  readonly ours: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
  /** The same by the server's CPU time. */
  readonly cpuRatio: number | undefined;
  readonly note: string;
  /** Undefined without a target. */
  readonly met: boolean | undefined;
}

/** `judgedByCpu`: by CPU time where a row has it, for machines that others use too. */
export function judge(row: Row, rounds: readonly Round[], judgedByCpu: boolean): Verdict {
  const ratio = median(rounds.map(({ ours, theirs }) => ours.value / theirs.value));
  const byCpu = rounds.flatMap(({ ours, theirs }) =>
    ours.byCpu && theirs.byCpu ? [ours.byCpu / theirs.byCpu] : [],
  );
  const cpuRatio = byCpu.length > 0 ? median(byCpu) : undefined;
  const own = median(rounds.map(({ ours }) => ours.value));
  return {
    row,
    theirs: median(rounds.map(({ theirs }) => theirs.value)),
    ours: own,
    ratio,
    cpuRatio,
    note: noteOf(rounds.at(-1)),
    met: isMet(row, (judgedByCpu ? cpuRatio : undefined) ?? ratio, own),
  };
}

function noteOf(round: Round | undefined): string {
  const { note } = round?.ours ?? {};
  const other = round?.theirs.note;
  return other === undefined ? (note ?? '') : `${note ?? ''} (compared: ${other})`;
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
    ['row', '', 'compared with', '', 'ours', 'ratio', 'by CPU', 'target', '', ''],
    ...verdicts.map(({ row, theirs, ours, ratio, cpuRatio, note, met }) => [
      row.name,
      row.title,
      row.against,
      `${figure(theirs)} ${row.unit}`,
      `${figure(ours)} ${row.unit}`,
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
