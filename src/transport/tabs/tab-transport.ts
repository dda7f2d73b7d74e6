import { systemClock, type Clock } from '../clock.js';
import { systemRandom, type Random } from '../random.js';
import type { Connection, GetToken, TopicHandlers, Transport } from '../transport.js';
import { tabBrowser, type TabBrowser } from './browser.js';
import { subscribeDirectly, type DirectTopic } from './direct.js';
import { createTabGroup, type TabGroup } from './group.js';
import { tabsVersion, type TabMessage } from './messages.js';
import type { Sharing, SharingModule } from './sharing.js';

export interface TabTransportOptions {
  /** Names the server and the workspace; tabs of another one have nothing in common. */
  name: string;
  getToken: GetToken;
  /** Whose the token is that `getToken` gave last. Tabs of another identity share nothing. */
  identity(): string;
  /** Makes the connection that the leading tab opens. */
  transport(options: { getToken: GetToken }): Transport;
  /** This one when missing. With null each tab has a connection of its own. */
  browser?: TabBrowser | null;
  clock?: Clock;
  random?: Random;
  /** How long the leader may leave a push without an answer, in ms. */
  timeoutMs?: number;
  /** What is needed once there is a second tab; fetched then when missing. */
  loadSharing?: () => Promise<SharingModule>;
}

/** How long a leader has to show that it runs, in ms. */
const proofMs = 5_000;
/** How old a token may be that was fetched before this tab led, in ms. */
const freshMs = 30_000;

/**
 * One connection for all tabs of an identity in a browser profile. The tab that holds the lock has
 * it; the others ask that one. Each tab fetches a token of its own once, which says who it is. A
 * tab that is the only one goes straight over its connection, and has no more than that.
 */
export function createTabTransport({
  name,
  getToken,
  identity,
  transport: createTransport,
  browser = tabBrowser(),
  clock = systemClock,
  random = systemRandom,
  timeoutMs = 12_000,
  loadSharing = () => import('./sharing.js'),
}: TabTransportOptions): Transport {
  if (!browser) return createTransport({ getToken });
  const { page } = browser;
  const direct = new Set<DirectTopic>();
  const self = random().toString(36).slice(2) + random().toString(36).slice(2);
  const listeners = new Set<(connection: Connection) => void>();
  const leadListeners = new Set<(leading: boolean) => void>();
  const heardListeners = new Set<(message: object) => void>();
  let connection: Connection = { state: 'idle', code: null };
  let group: TabGroup | null = null;
  /** Whose tabs the group's are. */
  let member = '';
  let leading = false;
  /** Once another tab was heard of. */
  let sharing: Sharing | null = null;
  /** What was heard while that was on its way. */
  let unheard: TabMessage[] | null = null;
  /** That could not be fetched: from now on this tab has a connection of its own. */
  let alone = false;
  let touched = false;
  let wanted = false;
  let wasOnline = false;
  let away = false;
  let proven = false;
  let stopPage: (() => void) | null = null;

  const own = createTransport({ getToken: tokenWhenLeading });

  function show(): void {
    let next: Connection = sharing?.remote ?? own.connection;
    if (!wanted) next = { state: touched ? 'closed' : 'idle', code: null };
    else if (['idle', 'closed', 'connecting'].includes(next.state)) {
      next = { state: wasOnline ? 'reconnecting' : 'connecting', code: null };
    }
    wasOnline = (wasOnline || next.state === 'online') && next.state !== 'refused';
    if (next.state === connection.state && next.code === connection.code) return;
    connection = next;
    for (const listener of [...listeners]) listener(next);
  }

  function tellLeading(): void {
    for (const listener of [...leadListeners]) listener(leading);
  }

  function onMessage(message: TabMessage): void {
    const { to } = message;
    if (to !== undefined && to !== self) return;
    if (message.type === 'lead') proven = true;
    if (message.type === 'say') {
      for (const listener of [...heardListeners]) listener(message.message);
    } else if (sharing) sharing.receive(message);
    else if (unheard) unheard.push(message);
    else {
      unheard = [message];
      loadSharing().then(share, standAlone);
    }
  }

  function share({ createSharing }: SharingModule): void {
    sharing = createSharing({
      self,
      own,
      topics: direct,
      page,
      clock,
      random,
      timeoutMs,
      group: () => group,
      onSilence: probe,
      onRemote: show,
      onFollow: tellLeading,
    });
    for (const message of unheard ?? []) sharing.receive(message);
    unheard = null;
  }

  function standAlone(): void {
    const led = leading;
    leaveGroup();
    alone = leading = true;
    unheard = null;
    if (led) return;
    // It waits for the lead in vain.
    own.disconnect();
    standBy();
    tellLeading();
  }

  function onLeading(mine: TabGroup, leads: boolean): void {
    leading = leads;
    if (sharing) sharing.lead(leads);
    else if (leads) {
      // Those who follow one that hangs are to hear of it.
      mine.post({ type: 'lead', connection: own.connection, visible: page.visible });
    }
    if (!leads) {
      own.disconnect();
      standBy();
      mine.post({ type: 'hello' });
    }
    show();
    tellLeading();
  }

  function enter(browser: TabBrowser): void {
    member = identity();
    const mine: TabGroup = createTabGroup({
      name: `convkit/${tabsVersion}/${name}/${member}`,
      self,
      browser,
      onMessage,
      onLeading: (leads) => onLeading(mine, leads),
      onReady: () => probe(mine),
    });
    group = mine;
  }

  function leaveGroup(): void {
    group?.post({ type: leading ? 'gone' : 'bye' });
    leading = alone;
    sharing?.lead(false);
    // Of tabs that may be another identity's.
    if (unheard) unheard = [];
    group?.leave();
    group = null;
  }

  /** Resolves only in the tab that leads, so that the others open no connection. */
  async function tokenWhenLeading({ signal }: { signal: AbortSignal }): Promise<string> {
    let token = '';
    let fetchedAt = -Infinity;
    const fetch = async (): Promise<void> => {
      token = await getToken({ signal });
      signal.throwIfAborted();
      fetchedAt = clock.now();
    };
    if (!group) await fetch();
    for (;;) {
      if (alone) return token;
      if (!group && browser) enter(browser);
      await group?.held(signal);
      if (clock.now() - fetchedAt > freshMs) await fetch();
      if (identity() === member) return token;
      leaveGroup();
    }
  }

  /** Takes the lock from a leader that says nothing, as one does that hangs. */
  function probe(mine = group): void {
    if (!mine || mine.leading) return;
    proven = false;
    mine.post({ type: 'hello' });
    clock.after(proofMs, () => {
      if (group === mine && !proven) mine.steal();
    });
  }

  function standBy(): void {
    if (wanted && !away) own.connect();
  }

  function onPage(change: 'visibility' | 'away' | 'back'): void {
    if (change === 'visibility') {
      if (leading) sharing?.announce();
      else if (page.visible) {
        sharing?.ask({ type: 'visible' });
        probe();
      }
      return;
    }
    if (away === (change === 'away')) return;
    away = !away;
    if (away) {
      leaveGroup();
      own.disconnect();
    } else standBy();
    show();
  }

  own.onConnection(() => {
    sharing?.announce();
    show();
  });

  return {
    get connection() {
      return connection;
    },
    onConnection(listener) {
      listeners.add(listener);
      listener(connection);
      return () => listeners.delete(listener);
    },
    connect() {
      touched = wanted = true;
      stopPage ??= page.listen(onPage);
      if (sharing?.remote) sharing.ask({ type: 'connect' });
      else standBy();
      show();
    },
    disconnect() {
      touched = true;
      wanted = wasOnline = false;
      stopPage?.();
      stopPage = null;
      away = false;
      leaveGroup();
      own.disconnect();
      show();
    },
    subscribe: <Joined>(topic: string, handlers: TopicHandlers<Joined>) =>
      sharing
        ? sharing.subscribe(topic, handlers as TopicHandlers<unknown>)
        : subscribeDirectly(direct, own, topic, handlers as TopicHandlers<unknown>),
    tabs: {
      get leading() {
        return leading;
      },
      onLeading(listener) {
        leadListeners.add(listener);
        return () => leadListeners.delete(listener);
      },
      say: (message) => group?.post({ type: 'say', message }),
      onHeard(listener) {
        heardListeners.add(listener);
        return () => heardListeners.delete(listener);
      },
    },
  };
}
