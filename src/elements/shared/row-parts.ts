/** What a window of rows is told by its host. */
export interface RowWindowParts<Row> {
  /** The element that scrolls, with `overflow-anchor: none`. */
  scroller(): HTMLElement | null;
  /**
   * A flex column whose children are exactly the rows that `show` gave, in that order, with neither
   * gaps nor margins of their own between them.
   */
  list(): HTMLElement | null;
  /** Unique, and the same for as long as the row is the same thing. */
  key(row: Row): string;
  /** Height in px of a row that was never rendered. */
  estimate(row: Row): number;
  /** Where a reader who is there stays, whatever comes. Rows are shown from there first. */
  edge: 'start' | 'end';
  /** Whether rows at both ends stay rendered, so that the way there takes no time. */
  keepsEnds?: boolean;
  /** Key of a row that stays rendered wherever the reader is, such as one with a field in it. */
  kept?(): string | null;
  /** The reader reached or left the edge. */
  onEdgeChanged?(atEdge: boolean): void;
  /** After each scroll and change of size: what lies above and below the view, in px. */
  onMoved?(above: number, below: number): void;
}
