import type { Agent } from './agent.js';
import type { Conversation } from './conversation.js';

/** None: read, replied to or closed. `new` is violet, `missed` is red and wins. */
export type Dot = 'none' | 'new' | 'missed';

export interface DotInput {
  conversation: Pick<
    Conversation,
    'state' | 'assigneeIds' | 'waitingSince' | 'lastContactPosition' | 'reads'
  >;
  /** Agents of the workspace by id; an assignee who is not among them counts as offline. */
  agents: ReadonlyMap<string, Pick<Agent, 'status' | 'availableSince'>>;
  /** The id of the agent who looks. */
  me: string;
  /** Epoch ms on the server's clock. */
  now: number;
  /** The workspace's limit in ms (setting, 30,000 by default). */
  missedAfterMs: number;
}

/** The dot of a card and the moment at which it changes by itself, if it will (S2.1 to S2.5). */
export interface DotForecast {
  dot: Dot;
  /** Epoch ms on the server's clock; null when only an event can change it. */
  changesAt: number | null;
}

export function dot(input: DotInput): Dot {
  return forecastDot(input).dot;
}

export function forecastDot(input: DotInput): DotForecast {
  const { conversation, now } = input;
  if (conversation.state === 'closed') return { dot: 'none', changesAt: null };
  const missedAt = momentMissed(input);
  if (missedAt !== null && missedAt <= now) return { dot: 'missed', changesAt: null };
  return { dot: isNew(input) ? 'new' : 'none', changesAt: missedAt };
}

/** When the last assignee's time ran or runs out; null when it cannot. */
function momentMissed(input: DotInput): number | null {
  const { conversation, agents, missedAfterMs } = input;
  const { waitingSince } = conversation;
  if (waitingSince === null || conversation.assigneeIds.length === 0) return null;
  return Math.max(
    ...conversation.assigneeIds.map((id) => {
      const agent = agents.get(id);
      if (!agent || agent.status === 'offline') return waitingSince;
      return Math.max(waitingSince, agent.availableSince ?? waitingSince) + missedAfterMs;
    }),
  );
}

function isNew({ conversation, me }: DotInput): boolean {
  if (conversation.waitingSince === null) return false;
  if (conversation.assigneeIds.length > 0 && !conversation.assigneeIds.includes(me)) return false;
  return conversation.lastContactPosition > (conversation.reads[me] ?? 0);
}
