import { figure, median, showColumns } from '../table.js';
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

export function showTable(verdicts: readonly Verdict[]): void {
  showColumns([
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
  ]);
}

function targetOf({ target, floor, unit, better }: Row): string {
  if (floor !== undefined) return `${floor} ${unit}`;
  if (target === undefined) return '';
  return better === 'more' ? `>= ${target}` : `<= ${target}`;
}
