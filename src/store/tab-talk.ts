import type { Tabs } from '../transport/transport.js';
import type { EmailDraft } from './agent.js';
import type { Draft } from './conversation.js';
import type { Pending } from './outbox.js';

/** What clients of one identity tell each other in other tabs; storage stays the truth. */
export type TabTalk =
  /** The visitor is nobody any more. */
  | { about: 'logout' }
  | { about: 'outbox'; prefix: string; entry: Pending }
  /** Sent or discarded; it must not come back. */
  | { about: 'outbox'; prefix: string; gone: string }
  | { about: 'draft'; key: string; draft: Draft | EmailDraft | string }
  /** A sound was made for all up to this time. */
  | { about: 'ring'; key: string; at: number }
  /** The agent was told of this. */
  | { about: 'notice'; key: string; noticed: string; at: number }
  /** The agent took this conversation without being told to. */
  | { about: 'notice'; key: string; taken: string };

/** What one store says to its like in other tabs; alone, it leads and nobody hears. */
export interface Talk {
  readonly leading: boolean;
  say(message: TabTalk): void;
}

export const alone: Talk = { leading: true, say: () => undefined };

export interface TalkOptions {
  onHeard(message: TabTalk): void;
  onLeading?(leading: boolean): void;
}

/** Returns how to speak, and the way out. */
export function talkIn(
  tabs: Tabs | undefined,
  { onHeard, onLeading }: TalkOptions,
): { talk: Talk; stop(): void } {
  if (!tabs) return { talk: alone, stop: () => undefined };
  const stops = [
    tabs.onHeard((message) => onHeard(message as TabTalk)),
    tabs.onLeading((leading) => onLeading?.(leading)),
  ];
  return {
    talk: {
      get leading() {
        return tabs.leading;
      },
      say: tabs.say,
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}
