import type { Clock } from '../clock.js';
import { createAgentActs, type AgentActs } from './agent-acts.js';
import { createContactActs, type ContactActs } from './contact-acts.js';
import { createConversationActs, type ConversationActs } from './conversation-acts.js';
import type { Lines } from './lines.js';
import { createMailActs, createOutgoing, type MailActs } from './mail-acts.js';
import { createMessageActs, type MessageActs } from './message-acts.js';
import { createTeamActs, type TeamActs } from './team-acts.js';
import type { Broadcast, Tell } from './tell.js';
import { createVisitorActs, type VisitorActs } from './visitor-acts.js';
import type { Workspace } from './workspace.js';

/** What the memory server does, and what it then tells whom. */
export interface Acts
  extends MessageActs, ConversationActs, ContactActs, AgentActs, TeamActs, MailActs, VisitorActs {}

export interface ActsOptions {
  workspace: Workspace;
  broadcast: Broadcast;
  tell: Tell;
  lines: Lines;
  clock: Clock;
}

export function createActs({ workspace, broadcast, tell, lines, clock }: ActsOptions): Acts {
  const outgoing = createOutgoing(workspace, lines, clock);
  const messages = createMessageActs(workspace, broadcast, tell, lines, outgoing);
  const conversations = createConversationActs(workspace, broadcast, tell, lines);
  const contacts = createContactActs(workspace, tell, lines);
  const { routeIt } = messages;
  const { updateContact } = contacts;
  const { end } = conversations;
  return {
    ...messages,
    ...conversations,
    ...contacts,
    ...createVisitorActs({ workspace, tell, lines, acts: { updateContact, end }, routeIt }),
    ...createAgentActs(workspace, tell, lines),
    ...createTeamActs(workspace, tell),
    ...createMailActs(workspace, tell, lines, outgoing),
  };
}
