import type { Clock } from '../clock.js';
import type { Random } from '../random.js';
import type { Connection, TopicHandlers, TopicSubscription, Transport } from '../transport.js';
import type { TabPage } from './browser.js';
import type { DirectTopic } from './direct.js';
import type { TabGroup } from './group.js';
import { createHub, type Hub } from './hub.js';
import type { Asked, TabMessage, Told } from './messages.js';
import { createSpoke } from './spoke.js';

export interface SharingOptions {
  /** This tab's own id. */
  self: string;
  own: Transport;
  /** What this tab has had to itself until now. */
  topics: Iterable<DirectTopic>;
  page: TabPage;
  clock: Clock;
  random: Random;
  /** How long the leader may leave a push without an answer, in ms. */
  timeoutMs: number;
  /** The tabs of now; null while this one takes no part. */
  group(): TabGroup | null;
  /** The leader left a push without an answer. */
  onSilence(): void;
  /** How the leader's connection is, or that there is none. */
  onRemote(): void;
  /** Another tab leads than before. */
  onFollow(): void;
}

/** What there is of a tab's part in a group once there are other tabs. */
export interface Sharing {
  /** Of another tab that leads; null where this one does, or none is known. */
  readonly remote: Connection | null;
  subscribe(topic: string, handlers: TopicHandlers<unknown>): TopicSubscription;
  ask(message: Asked): void;
  receive(message: TabMessage): void;
  /** Tells all tabs how the connection is, where this one leads. */
  announce(): void;
  /** This tab leads, or no longer does, or left. */
  lead(leading: boolean): void;
}

/** This module, as it is fetched. */
export interface SharingModule {
  createSharing(options: SharingOptions): Sharing;
}

export function createSharing(options: SharingOptions): Sharing {
  const { self, own, page, clock, random, timeoutMs, group, onSilence } = options;
  const spoke = createSpoke({ clock, timeoutMs, ask, onSilence });
  let hub: Hub | null = null;
  /** The tab that leads, and how its connection is. */
  let leader: string | null = null;
  let remote: Connection | null = null;

  function ask(message: Asked): void {
    if (hub) hub.receive(message, self);
    else if (leader !== null) group()?.post({ ...message, to: leader });
  }

  function tell(message: Told, to?: string): void {
    if (to !== self) group()?.post(to === undefined ? message : { ...message, to });
    if (to === undefined || to === self) spoke.receive(message);
  }

  function forgetLeader(): void {
    leader = remote = null;
    spoke.lost();
  }

  function follow(from: string, { connection: theirs, visible }: Told & { type: 'lead' }): void {
    const isNew = leader !== from;
    if (isNew) forgetLeader();
    leader = from;
    remote = theirs;
    if (isNew) spoke.led();
    if (page.visible && !visible) ask({ type: 'visible' });
    // This tab has got a token: what the leader was refused for may have passed.
    if (isNew && theirs.state === 'refused') ask({ type: 'connect' });
    options.onRemote();
    if (isNew) options.onFollow();
  }

  function openHub(): Hub {
    leader = self;
    return createHub({
      self,
      transport: own,
      clock,
      random,
      tell,
      visible: () => page.visible,
      watch: (tab, gone) => group()?.watch(tab, gone) ?? (() => undefined),
    });
  }

  if (group()?.leading) {
    hub = openHub();
    spoke.led();
  }
  for (const direct of options.topics) {
    const { topic, handlers, subscription } = direct;
    if (hub) hub.adopt(direct);
    else subscription.leave();
    direct.subscription = spoke.adopt(topic, handlers, subscription.joined);
  }

  return {
    get remote() {
      return remote;
    },
    subscribe: spoke.subscribe,
    ask,
    receive(message) {
      const { from } = message;
      if (hub) hub.receive(message, from);
      else if (message.type === 'lead') follow(from, message);
      else if (from === leader) {
        if (message.type === 'yield') group()?.steal();
        else if (message.type === 'gone') {
          forgetLeader();
          options.onRemote();
        } else spoke.receive(message);
      }
    },
    announce: () => hub?.announce(),
    lead(leading) {
      forgetLeader();
      hub?.close();
      hub = leading ? openHub() : null;
      hub?.announce();
      if (leading) spoke.led();
    },
  };
}
