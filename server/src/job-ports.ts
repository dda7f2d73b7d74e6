/** What servers that share a database do one at a time. */
export interface Jobs {
  /**
   * Within a transaction: when the job was done last, epoch ms, and from now on `now`; null where
   * that was less than `everyMs` ago. Others wait for the end of the transaction; a failed one was
   * no turn. The very first call only begins to count.
   */
  turn(job: { name: string; now: number; everyMs: number }): Promise<{ since: number } | null>;
}
