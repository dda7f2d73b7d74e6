import { SignJWT } from 'jose';
import type { Transport } from '#kit/transport/transport.js';
import { seeded } from '../../src/phoenix/testing/seeded.js';
import { AgentActor } from './agent-actor.js';
import type { Cast } from './cast.js';
import { Journal } from './journal.js';
import type { Blow, Plan } from './plan.js';
import { Link } from './proxy.js';
import { hostSecret, type Stage } from './stage.js';
import { VisitorActor } from './visitor-actor.js';
import { judge, type Sent, type Shown, type Verdict } from './verdict.js';
import { comesTrue } from './wait.js';
import { readConnection } from './wire.js';

export interface Outcome {
  verdict: Verdict;
  kills: number;
  cuts: number;
}

export interface RunOptions {
  log?: (line: string) => void;
  /** A transport that breaks a promise, for the tests of the verdict. */
  sabotage?: (transport: Transport) => Transport;
  /** How long stores may take to show the same once all is well again, in ms. */
  convergeMs?: number;
}

/** Plays a plan on a stage and judges what came of it. The stage is ended. */
export async function runChaos(
  plan: Plan,
  stage: Stage,
  {
    log = () => undefined,
    sabotage = (transport) => transport,
    convergeMs = 180_000,
  }: RunOptions = {},
): Promise<Outcome> {
  const random = seeded(plan.seed + 1);
  const journal = new Journal(seeded(plan.seed + 2));
  const conversations = new Map<number, string>();
  const blows = [...plan.blows];
  const links = new Map<string, Link>();
  let falling = Promise.resolve();
  let cuts = 0;
  let kills = 0;

  const strike = async (blow: Exclude<Blow, { type: 'link' }>): Promise<void> => {
    log(`after ${journal.written.length} messages: ${describe(blow)}`);
    if (blow.type === 'drain') return stage.drain(blow.node);
    if (blow.type === 'restart') return stage.restart(blow.service);
    kills++;
    return stage.kill(blow.node);
  };
  const moved = (): void => {
    while (blows[0] && blows[0].after <= journal.written.length) {
      const { blow } = blows.shift()!;
      if (blow.type === 'link') links.get(blow.client)?.arm(blow.fault);
      // One after the other: what is down comes up before the next goes down.
      else falling = falling.then(() => strike(blow));
    }
  };
  const cast: Cast = {
    plan,
    journal,
    random,
    workspaces: [...stage.workspaces],
    direct() {
      const { host, port } = stage.upstream();
      return `http://${host}:${port}`;
    },
    hostToken: (workspace, name) => hostToken(stage.workspaces[workspace]!, name),
    write(entry) {
      const written = journal.write(entry);
      moved();
      return written;
    },
    conversation: (visitor, id) => void conversations.set(visitor, id),
    conversationOf: (visitor) => conversations.get(visitor),
    log,
    moved,
    sabotaged: sabotage,
  };

  for (const { name, webSockets } of [...plan.visitors, ...plan.agents]) {
    const link = await Link.open(
      () => stage.upstream(),
      () => void cuts++,
      { webSockets },
    );
    links.set(name, link);
  }
  const visitors = plan.visitors.map(
    ({ name }, index) => new VisitorActor(cast, index, links.get(name)!),
  );
  const agents = plan.agents.map((person) => new AgentActor(cast, person, links.get(person.name)!));
  await Promise.all([
    ...visitors.map((visitor, index) => visitor.play(plan.visitors[index]!.acts)),
    ...agents.map((agent, index) => agent.play(plan.agents[index]!.acts)),
  ]);
  await falling;
  log(`${journal.written.length} messages written; the network heals`);
  for (const link of links.values()) link.heal();
  // Who comes only now knows what all should have come to.
  for (const workspace of new Set(plan.agents.map((agent) => agent.workspace))) {
    const link = await Link.open(
      () => stage.upstream(),
      () => undefined,
    );
    const person = { name: `late agent ${workspace}`, workspace };
    links.set(person.name, link);
    agents.push(new AgentActor(cast, person, link));
  }
  for (const agent of agents) agent.watchAll();

  const quiet = (): boolean => [...visitors, ...agents].every((actor) => actor.pending() === 0);
  if (!(await comesTrue(quiet, convergeMs))) log('some messages are still on their way');
  const shown = await convergence(cast, visitors, agents, convergeMs);
  log('reading the database');
  for (const actor of [...visitors, ...agents]) actor.close();
  for (const link of links.values()) await link.close();
  const truth = await stage.end();

  const sent = [...visitors, ...agents].map(({ name, workspace, link }, index): Sent => {
    const received = link.received.map((parts) => Buffer.concat(parts));
    return {
      client: name,
      role: index < visitors.length ? 'visitor' : 'agent',
      workspace,
      visitor: index < visitors.length ? index : null,
      raw: received.map((bytes) => bytes.toString('latin1')).join('\n'),
      messages: received.flatMap((bytes) => {
        const { bodies, frames } = readConnection(bytes);
        return [...bodies, ...frames];
      }),
    };
  });
  const { written, secretFiles } = journal;
  const workspaces = stage.workspaces;
  return { verdict: judge({ written, secretFiles, workspaces, truth, shown, sent }), kills, cuts };
}

/**
 * Waits until all stores show the same, as far as each may, and gives what they show. Who never
 * gets there is found by the verdict, which knows the database.
 */
async function convergence(
  { plan }: Cast,
  visitors: readonly VisitorActor[],
  agents: readonly AgentActor[],
  limitMs: number,
): Promise<Shown[]> {
  await Promise.all([...visitors, ...agents].map((actor) => actor.loadAll()));
  const same = (): boolean =>
    plan.visitors.every(({ workspace }, index) => {
      const forms = new Set<string>();
      const publicForms = new Set<string>();
      for (const agent of agents) {
        if (agent.workspace !== workspace) continue;
        forms.add(formOf(agent.items(index)));
        publicForms.add(formOf(agent.items(index).filter(isForVisitors)));
      }
      for (const items of visitors[index]?.items() ?? []) publicForms.add(formOf(items));
      return forms.size <= 1 && publicForms.size <= 1;
    });
  await comesTrue(same, limitMs, 200);
  return plan.visitors.flatMap(({ workspace }, visitor): Shown[] => [
    ...(visitors[visitor]?.items() ?? []).map((items, tab): Shown => {
      const client = `visitor ${visitor}, tab ${tab}`;
      return { client, role: 'visitor', workspace, visitor, items };
    }),
    ...agents
      .filter((agent) => agent.workspace === workspace)
      .map((agent): Shown => {
        const items = agent.items(visitor);
        return { client: agent.name, role: 'agent', workspace, visitor, items };
      }),
  ]);
}

function isForVisitors({
  kind,
  system,
}: {
  kind: string;
  system: { type: string } | null;
}): boolean {
  return kind === 'reply' || (kind === 'system' && system?.type === 'joined');
}

function formOf(items: readonly { id: string | null; text: string }[]): string {
  return items.map(({ id, text }) => `${id ?? 'waits'} ${text}`).join('\n');
}

function describe(blow: Exclude<Blow, { type: 'link' }>): string {
  if (blow.type === 'restart') return `the ${blow.service} starts again`;
  return blow.type === 'kill' ? `kill -9 of node ${blow.node}` : `SIGTERM to node ${blow.node}`;
}

async function hostToken(workspaceId: string, name: string): Promise<string> {
  return new SignJWT({ name, workspace: workspaceId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(name)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(hostSecret));
}
