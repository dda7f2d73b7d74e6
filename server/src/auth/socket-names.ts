import type { Caller } from './tokens.js';

/** Names of sockets, by which those are closed whose callers may not come any more. */
export const socketNames = {
  contact: (contactId: string) => `contact:${contactId}`,
  /** A visitor's browser. */
  browser: (tokenId: string) => `browser:${tokenId}`,
  /** Visitors of a workspace who come from one network. */
  network: (workspaceId: string, network: string) => `network:${workspaceId}:${network}`,
  agent: (agentId: string) => `agent:${agentId}`,
  session: (sessionId: string) => `session:${sessionId}`,
};

export function socketNamesOf(caller: Caller, network: string): string[] {
  if (caller.type === 'visitor') {
    return [
      socketNames.contact(caller.contactId),
      socketNames.browser(caller.tokenId),
      socketNames.network(caller.workspaceId, network),
    ];
  }
  const agent = socketNames.agent(caller.agentId);
  return caller.sessionId === null ? [agent] : [agent, socketNames.session(caller.sessionId)];
}
