/** Emoji in a row. */
export const columns = 8;

/** Where a key leads in the grid; `out` is above it, null where the key means something else. */
export function target(
  key: string,
  at: number,
  count: number,
  mirrored: boolean,
): number | 'out' | null {
  const last = count - 1;
  const rowStart = at - (at % columns);
  const sideways = mirrored ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return clamp(at + sideways, last);
    case 'ArrowLeft':
      return clamp(at - sideways, last);
    case 'ArrowDown':
      return clamp(at + columns, last);
    case 'ArrowUp':
      return at < columns ? 'out' : at - columns;
    case 'PageDown':
      return clamp(at + columns * 5, last);
    case 'PageUp':
      return Math.max(at - columns * 5, at % columns);
    case 'Home':
      return rowStart;
    case 'End':
      return clamp(rowStart + columns - 1, last);
    default:
      return null;
  }
}

function clamp(at: number, last: number): number {
  return Math.min(Math.max(at, 0), last);
}
