import type { ContactBlock, ContactPatch } from '#kit/domain/index.js';
import type { ErrorCode } from '#kit/protocol/errors.js';
import { seeded } from '../../src/phoenix/testing/seeded.js';

/** What one agent does on the screen. */
export type Act =
  | { type: 'assign'; to: 'me' | 'both' | 'nobody' | 'other' | { unknown: string } }
  | { type: 'group'; to: number | null | { unknown: string } }
  | { type: 'close' | 'reopen' | 'read' | 'unblock' | 'remove' }
  | { type: 'block'; how: ContactBlock }
  | { type: 'contact'; patch: ContactPatch; refused?: ErrorCode }
  | { type: 'say'; kind: 'reply' | 'comment'; text: string }
  /** One's own first message, or the last one that is stored by then; or the visitor's. */
  | { type: 'edit'; which: 'first' | 'last' | 'foreign'; text: string }
  | { type: 'erase'; which: 'first' | 'last' | 'foreign' }
  /** What the second agent has no right to. */
  | { type: 'save-group' | 'save-reply' };

export type VisitorAct = { type: 'say'; text: string } | { type: 'read' } | { type: 'tell-page' };

/**
 * How a connection ends. `cut`: at once. `deaf`: what was asked arrives, its answers do not.
 * `mute`: what is asked gets lost too.
 */
export interface Fault {
  type: 'cut' | 'deaf' | 'mute';
  agent: 0 | 1;
  forMs: number;
}

/** Something done so many ms after the start. */
export interface Moment<Done> {
  atMs: number;
  act: Done;
}

export interface Script {
  seed: number;
  agents: readonly [Moment<Act>[], Moment<Act>[]];
  visitor: Moment<VisitorAct>[];
  faults: Moment<Fault>[];
}

/** Attributes and tags that the contact has before. */
export const known = { attributes: ['Plan', 'Seats'], tags: ['vip', 'new'] } as const;

/** The same script for the same seed. */
export function makeScript(seed: number): Script {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(...list: readonly T[]): T => list[below(list.length)]!;
  const chance = (share: number): boolean => random() < share;
  let made = 0;
  const word = (name: string): string => `${name}-${seed}-${++made}`;
  // Half of all happens at one and the same moment.
  const moment = <Done>(act: Done): Moment<Done> => ({ atMs: chance(0.5) ? 0 : below(25), act });
  const sorted = <Done>(list: Moment<Done>[]): Moment<Done>[] =>
    list.sort((one, other) => one.atMs - other.atMs);

  function patch(): ContactPatch {
    const fields: (() => ContactPatch)[] = [
      () => ({ name: word('Vera') }),
      () => ({ email: `${word('vera')}@example.com` }),
      () => ({ phone: chance(0.2) ? null : `+46 70 ${1_000_000 + seed * 100 + ++made}` }),
      () => ({ notes: word('Calls on Mondays') }),
      () => ({ language: pick('sv', 'de', 'pt-BR', null) }),
      () => ({ consents: { [pick('terms', 'marketing')]: chance(0.5) } }),
      () => ({
        attributes: {
          [pick('Plan', 'Seats', 'City', 'Since')]: chance(0.3) ? null : word('value'),
        },
      }),
      () => ({
        attributes: { [pick('Plan', 'Seats')]: word('value'), [pick('City', 'Since')]: null },
      }),
      () => ({ addTags: [pick('late', 'big', 'vip')] }),
      () => ({ removeTags: [pick('vip', 'new', 'late')] }),
    ];
    return Object.assign({}, ...Array.from({ length: 1 + below(2) }, () => pick(...fields)()));
  }

  function act(agent: 0 | 1, removes: boolean, blocks: boolean): Act {
    const which = pick('first', 'last') as 'first' | 'last';
    const drawn = below(100);
    if (drawn < 30) return { type: 'contact', patch: patch() };
    if (drawn < 40) return { type: 'assign', to: pick('me', 'both', 'nobody', 'other') };
    if (drawn < 46) return { type: 'group', to: pick(0, 1, null) };
    if (drawn < 53) return { type: 'close' };
    if (drawn < 56) return { type: 'reopen' };
    if (drawn < 74) {
      const kind = pick('reply', 'comment') as 'reply' | 'comment';
      return { type: 'say', kind, text: word(kind) };
    }
    if (drawn < 79) return { type: 'edit', which, text: word('edited') };
    if (drawn < 82) return { type: 'erase', which };
    if (drawn < 86) return { type: 'read' };
    if (drawn < 88) return { type: 'edit', which: 'foreign', text: word('stolen') };
    if (drawn < 89) return { type: 'erase', which: 'foreign' };
    if (drawn < 91) {
      const email = word('nonsense');
      return { type: 'contact', patch: { ...patch(), email }, refused: 'invalid_email' };
    }
    if (drawn < 93) return { type: 'assign', to: { unknown: word('ag') } };
    if (drawn < 95) return { type: 'group', to: { unknown: word('gr') } };
    if (drawn < 97 && agent === 1) return { type: pick('save-group', 'save-reply') };
    if (blocks) return chance(0.6) ? { type: 'block', how: 'contact' } : { type: 'unblock' };
    return removes ? { type: 'remove' } : { type: 'read' };
  }

  const removes = chance(0.3);
  const blocks = chance(0.4);
  const acts = (agent: 0 | 1): Moment<Act>[] =>
    sorted(Array.from({ length: 4 + below(5) }, () => moment(act(agent, removes, blocks))));
  const visitorAct = (): VisitorAct =>
    pick<() => VisitorAct>(
      () => ({ type: 'say', text: word('question') }),
      () => ({ type: 'read' }),
      () => ({ type: 'tell-page' }),
    )();
  const fault = (): Fault => ({
    type: pick('cut', 'deaf', 'mute'),
    agent: pick(0, 1),
    forMs: below(30),
  });
  return {
    seed,
    agents: [acts(0), acts(1)],
    visitor: sorted(Array.from({ length: 1 + below(3) }, () => moment(visitorAct()))),
    faults: chance(0.3) ? [{ atMs: below(25), act: fault() }] : [],
  };
}
