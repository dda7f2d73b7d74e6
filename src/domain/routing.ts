import type { Agent, Group } from './agent.js';

/** Who gets a conversation that nobody has: nobody, one after the other, or who has the fewest (S4.5). */
export type Routing = 'none' | 'round_robin' | 'least_busy';

export interface RoutingInput {
  routing: Routing;
  agents: readonly Pick<Agent, 'id' | 'status'>[];
  /** The conversation's group; null where it has none. */
  group: Pick<Group, 'memberIds'> | null;
  /** Open conversations by agent id; a missing one is 0. */
  open: Readonly<Record<string, number>>;
  /** The agent who was given the last one; null at first. */
  last: string | null;
}

/** Only agents who are online get new chats; an invisible one does not (S4.1). Null: nobody. */
export function route({ routing, agents, group, open, last }: RoutingInput): string | null {
  const ids = agents
    .filter(({ id, status }) => status === 'online' && (!group || group.memberIds.includes(id)))
    .map(({ id }) => id)
    .sort();
  if (routing === 'none' || ids.length === 0) return null;
  const turn = [...ids.filter((id) => last !== null && id > last), ...ids];
  if (routing === 'round_robin') return turn[0] ?? null;
  const fewest = Math.min(...ids.map((id) => open[id] ?? 0));
  return turn.find((id) => (open[id] ?? 0) === fewest) ?? null;
}
