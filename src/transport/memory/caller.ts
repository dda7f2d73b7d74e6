/** Who is at the other end of a connection. */
export type Caller =
  { type: 'agent'; agentId: string } | { type: 'visitor'; contactId: string; token?: string };
