import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

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

/** Prints cells in columns, as wide as their widest. */
export function showColumns(lines: readonly (readonly string[])[]): void {
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

export function figure(value: number): string {
  return value >= 1_000
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(value < 10 ? 2 : 1);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The smallest value that 95 of 100 do not exceed. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
