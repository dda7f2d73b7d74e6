import { seeded } from '../../src/phoenix/testing/seeded.js';
import type { LinkFault } from './proxy.js';

export type VisitorAct =
  /** Writes so many messages at once, in a tab. */
  | { type: 'say'; tab: number; messages: number }
  | { type: 'read'; tab: number }
  | { type: 'typing'; tab: number }
  /** Kills the tab and opens it again on what the browser has stored. */
  | { type: 'reopen'; tab: number }
  /** Opens one more tab on the same storage. */
  | { type: 'open-tab' }
  /** Sends one message several times at once, by its `clientId`, on sockets of its own. */
  | { type: 'send-twice' };

export type AgentAct =
  | { type: 'say'; kind: 'reply' | 'comment'; visitor: number; messages: number }
  | { type: 'edit' | 'delete' | 'mark' | 'assign' | 'close' | 'reopen'; visitor: number }
  /** A comment with a file, whose name must stay as secret. */
  | { type: 'attach'; visitor: number }
  | { type: 'reload' };

export type Blow =
  | { type: 'link'; client: string; fault: LinkFault }
  | { type: 'kill'; node: number }
  | { type: 'drain'; node: number }
  | { type: 'restart'; service: 'database' | 'redis' };

export interface Person<Act> {
  name: string;
  workspace: number;
  /** Whether its WebSockets get through; otherwise it has to do with longpoll. */
  webSockets: boolean;
  acts: Act[];
}

export interface PlannedVisitor extends Person<VisitorAct> {
  /** Whether the browser lets its tabs share one connection. */
  sharing: boolean;
}

export interface Plan {
  seed: number;
  visitors: PlannedVisitor[];
  agents: Person<AgentAct>[];
  /** Each falls when that many messages were written. */
  blows: { after: number; blow: Blow }[];
  messages: number;
}

export interface Size {
  visitors: number;
  agents: number;
  /** At least so many messages. */
  messages: number;
  /** Faults of links, most of which cut. */
  linkFaults: number;
  kills: number;
  nodes: number;
  drains: number;
  restarts: ('database' | 'redis')[];
  longpollClients: number;
}

/** The same plan for the same seed and size. */
export function makePlan(seed: number, size: Size): Plan {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  // The last visitor and the last agent belong to another workspace, where there are several.
  const apart = size.visitors > 2 && size.agents > 1;
  const workspaceOf = (index: number, count: number): number =>
    apart && index === count - 1 ? 1 : 0;

  const visitors = Array.from({ length: size.visitors }, (_, index): PlannedVisitor => ({
    name: `visitor ${index}`,
    workspace: workspaceOf(index, size.visitors),
    webSockets: index >= size.longpollClients,
    sharing: index % 3 !== 0,
    // Everybody begins to write, so that there is a conversation.
    acts: [{ type: 'say', tab: 0, messages: 1 }],
  }));
  const agents = Array.from({ length: size.agents }, (_, index): Person<AgentAct> => ({
    name: `agent ${index}`,
    workspace: workspaceOf(index, size.agents),
    webSockets: true,
    acts: [],
  }));

  let messages = size.visitors;
  const tabs = new Map<PlannedVisitor, number>();
  while (messages < size.messages) {
    const count = 1 + below(4);
    if (random() < 0.55) {
      const visitor = pick(visitors);
      const open = tabs.get(visitor) ?? 1;
      const tab = below(open);
      const chance = random();
      // Nothing ends the requests of a killed tab here, so those who poll keep theirs.
      if (chance < 0.05 && visitor.webSockets) visitor.acts.push({ type: 'reopen', tab });
      else if (chance < 0.08 && open < 3) {
        visitor.acts.push({ type: 'open-tab' });
        tabs.set(visitor, open + 1);
      } else if (chance < 0.12) {
        visitor.acts.push({ type: 'send-twice' });
        messages++;
      } else if (chance < 0.2) visitor.acts.push({ type: 'read', tab });
      else if (chance < 0.25) visitor.acts.push({ type: 'typing', tab });
      else {
        visitor.acts.push({ type: 'say', tab, messages: count });
        messages += count;
      }
      continue;
    }
    const agent = pick(agents);
    const own = visitors.flatMap(({ workspace }, index) =>
      workspace === agent.workspace ? [index] : [],
    );
    const visitor = pick(own);
    const chance = random();
    if (chance < 0.07) agent.acts.push({ type: 'edit', visitor });
    else if (chance < 0.12) agent.acts.push({ type: 'delete', visitor });
    else if (chance < 0.18) agent.acts.push({ type: 'mark', visitor });
    else if (chance < 0.22) agent.acts.push({ type: 'assign', visitor });
    else if (chance < 0.25) agent.acts.push({ type: 'close', visitor });
    else if (chance < 0.27) agent.acts.push({ type: 'reopen', visitor });
    else if (chance < 0.29) agent.acts.push({ type: 'reload' });
    else if (chance < 0.32) {
      agent.acts.push({ type: 'attach', visitor });
      messages++;
    } else {
      const kind = random() < 0.35 ? 'comment' : 'reply';
      agent.acts.push({ type: 'say', kind, visitor, messages: count });
      messages += count;
    }
  }

  const clients = [...visitors, ...agents].map(({ name }) => name);
  // The last tenth is calm, so that what is armed still meets bytes.
  const moment = (): number => Math.floor(messages * (0.02 + 0.88 * random()));
  const blows: Plan['blows'] = Array.from({ length: size.linkFaults }, () => ({
    after: moment(),
    blow: { type: 'link', client: pick(clients), fault: linkFault(random) },
  }));
  const spread = (count: number, make: (index: number) => Blow): void => {
    for (let index = 0; index < count; index++) {
      const part = (index + 0.3 + 0.4 * random()) / count;
      blows.push({ after: Math.floor(messages * 0.9 * part), blow: make(index) });
    }
  };
  spread(size.kills, () => ({ type: 'kill', node: below(size.nodes) }));
  spread(size.drains, () => ({ type: 'drain', node: below(size.nodes) }));
  spread(size.restarts.length, (index) => ({ type: 'restart', service: size.restarts[index]! }));
  blows.sort((a, b) => a.after - b.after);
  return { seed, visitors, agents, blows, messages };
}

function linkFault(random: () => number): LinkFault {
  const between = (low: number, high: number): number =>
    Math.floor(low + random() * (high - low + 1));
  const direction = random() < 0.5 ? 'up' : 'down';
  const chance = random();
  if (chance < 0.4) {
    return { type: 'cut', direction, afterBytes: between(0, 900), reset: random() < 0.5 };
  }
  if (chance < 0.65) return { type: 'lose-replies', forMs: between(30, 400) };
  if (chance < 0.75) return { type: 'mute', forMs: between(50, 1_500) };
  if (chance < 0.85) return { type: 'stall', direction, forMs: between(20, 1_500) };
  if (chance < 0.95) return { type: 'split', bytes: between(1, 9), chunks: between(5, 40) };
  return { type: 'refuse', connections: between(1, 3) };
}
