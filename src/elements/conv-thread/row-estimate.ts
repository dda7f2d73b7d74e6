import type { ThreadRow } from '../shared/thread-rows.js';

/** Width of a letter and height of a line, in px, at the usual size of text. */
const letter = 7;
const line = 20;

/** How high a row may be before it was rendered, in px; it decides the size of the scrollbar only. */
export function estimatedHeight(row: ThreadRow, paneWidth: number): number {
  if (row.type !== 'message') return 48;
  const { item, first, last } = row;
  if (item.kind === 'system') return 44;
  const width = Math.max(120, Math.min(640, (paneWidth || 600) * 0.8) - 28);
  const lines = Math.ceil((item.text.length * letter) / width);
  return 4 + lines * line + 20 + (first ? 20 : 0) + (last ? 22 : 0) + item.attachments.length * 120;
}
