/** How many lanes messages are spread over; the same on every node of an installation. */
export const lanes = 16;

/** What carries text between nodes: at most once, in order within one lane. */
export interface Wire {
  /** Begins to receive, this node's own messages too. `lost` says that connections were renewed. */
  start(receive: (lane: number, text: string) => void, lost: () => void): void;
  /** Never throws and never waits; false when the text was dropped. */
  send(lane: number, text: string): boolean;
  /** Nothing arrives any more, though no connection said so: opens new ones. */
  renew(): void;
  close(): Promise<void>;
}

/** The lane of whatever has to stay in order. */
export function laneOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % lanes;
}
