/** The interface for what is left of deleted conversations. */
export interface Removals {
  /**
   * Takes away a part of the content of the conversation that was deleted longest ago and that
   * nobody else has in hand: at most so many messages, with all that hangs on them. Its files are
   * left to the sweep of files. Gives false when there was nothing to do.
   */
  part(messages: number, now: number): Promise<boolean>;
}
