import { atom, type ReadableAtom } from 'nanostores';
import type { Agent, AgentStatus, Hours, Me, Preferences } from '../domain/index.js';
import { events, type MeReply } from '../protocol/index.js';

/** Who the client belongs to, with the changes that the server has not confirmed yet. */
export interface OwnAgent {
  readonly $me: ReadableAtom<Me | null>;
  /** As the server has it, whole. */
  take(me: Me): void;
  /** Calls with what is shown from now on; unlike a subscriber it keeps no connection. */
  onChange(listener: (me: Me) => void): void;
  /** As all agents are told of it. */
  changed(agent: Agent): void;
  /** These show at once, and reject with a `CodedError` when refused: what was shown is undone. */
  setStatus(status: AgentStatus): Promise<void>;
  setPreferences(patch: Partial<Preferences>): Promise<void>;
  setHours(hours: Hours | null): Promise<void>;
}

type Change = (me: Me) => Me;

export function createOwnAgent(
  push: <Reply>(event: string, payload: object) => Promise<Reply>,
): OwnAgent {
  const $me = atom<Me | null>(null);
  const listeners = new Set<(me: Me) => void>();
  let stored: Me | null = null;
  let changes: Change[] = [];

  function show(): void {
    if (!stored) return;
    const next = changes.reduce((me, change) => change(me), stored);
    $me.set(next);
    for (const listener of listeners) listener(next);
  }

  async function act(event: string, payload: object, change: Change): Promise<void> {
    changes = [...changes, change];
    show();
    try {
      stored = (await push<MeReply>(event, payload)).me;
    } finally {
      changes = changes.filter((other) => other !== change);
      show();
    }
  }

  return {
    $me,
    take(me) {
      stored = me;
      show();
    },
    onChange: (listener) => void listeners.add(listener),
    changed(agent) {
      if (stored?.id !== agent.id) return;
      // One's own status is the chosen one, not what others see while a tab reconnects.
      stored = { ...stored, ...agent, status: stored.status };
      show();
    },
    setStatus: (status) => act(events.agentStatus, { status }, (me) => ({ ...me, status })),
    setPreferences: (patch) =>
      act(events.agentPreferences, patch, (me) => ({
        ...me,
        preferences: { ...me.preferences, ...patch },
      })),
    setHours: (hours) => act(events.agentHours, { hours }, (me) => ({ ...me, hours })),
  };
}
