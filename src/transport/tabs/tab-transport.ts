import { systemClock, type Clock } from '../clock.js';
import { systemRandom, type Random } from '../random.js';
import type { Connection, GetToken, TopicHandlers, Transport } from '../transport.js';
import { tabBrowser, type TabBrowser } from './browser.js';
import { createTabGroup, type TabGroup } from './group.js';
import { createHub, type Hub } from './hub.js';
import { tabsVersion, type Asked, type TabMessage, type Told } from './messages.js';
import { createSpoke } from './spoke.js';

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
}

/** How long a leader has to show that it runs, in ms. */
const proofMs = 5_000;
/** How old a token may be that was fetched before this tab led, in ms. */
const freshMs = 30_000;

/**
 * One connection for all tabs of an identity in a browser profile. The tab that holds the lock has
 * it; the others ask that one. Each tab fetches a token of its own once, which says who it is.
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
}: TabTransportOptions): Transport {
  if (!browser) return createTransport({ getToken });
  const { page } = browser;
  const self = random().toString(36).slice(2) + random().toString(36).slice(2);
  const listeners = new Set<(connection: Connection) => void>();
  const leadListeners = new Set<(leading: boolean) => void>();
  const heardListeners = new Set<(message: object) => void>();
  let connection: Connection = { state: 'idle', code: null };
  let group: TabGroup | null = null;
  /** Whose tabs the group's are. */
  let member = '';
  let hub: Hub | null = null;
  /** The tab that leads, and how its connection is. */
  let leader: string | null = null;
  let remote: Connection | null = null;
  let touched = false;
  let wanted = false;
  let wasOnline = false;
  let away = false;
  let proven = false;
  let stopPage: (() => void) | null = null;

  const own = createTransport({ getToken: tokenWhenLeading });
  const spoke = createSpoke({ clock, timeoutMs, ask, onSilence: probe });

  function show(): void {
    let next: Connection = remote ?? own.connection;
    if (!wanted) next = { state: touched ? 'closed' : 'idle', code: null };
    else if (['idle', 'closed', 'connecting'].includes(next.state)) {
      next = { state: wasOnline ? 'reconnecting' : 'connecting', code: null };
    }
    wasOnline = (wasOnline || next.state === 'online') && next.state !== 'refused';
    if (next.state === connection.state && next.code === connection.code) return;
    connection = next;
    for (const listener of [...listeners]) listener(next);
  }

  function ask(message: Asked): void {
    if (hub) hub.receive(message, self);
    else if (leader !== null) group?.post({ ...message, to: leader });
  }

  function tell(message: Told, to?: string): void {
    if (to !== self) group?.post(to === undefined ? message : { ...message, to });
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
    show();
    if (isNew) for (const listener of [...leadListeners]) listener(false);
  }

  function onMessage(message: TabMessage): void {
    const { from, to } = message;
    if (to !== undefined && to !== self) return;
    if (message.type === 'say') {
      for (const listener of [...heardListeners]) listener(message.message);
    } else if (hub) hub.receive(message, from);
    else if (message.type === 'lead') {
      proven = true;
      follow(from, message);
    } else if (from === leader) {
      proven = true;
      if (message.type === 'yield') group?.steal();
      else if (message.type === 'gone') {
        forgetLeader();
        show();
      } else spoke.receive(message);
    }
  }

  function onLeading(mine: TabGroup, leading: boolean): void {
    forgetLeader();
    hub?.close();
    hub = null;
    if (leading) {
      leader = self;
      hub = createHub({
        self,
        transport: own,
        clock,
        random,
        tell,
        visible: () => page.visible,
        watch: mine.watch,
      });
      hub.announce();
      spoke.led();
    } else {
      own.disconnect();
      standBy();
      mine.post({ type: 'hello' });
    }
    show();
    for (const listener of [...leadListeners]) listener(leading);
  }

  function enter(browser: TabBrowser): void {
    member = identity();
    const mine: TabGroup = createTabGroup({
      name: `convkit/${tabsVersion}/${name}/${member}`,
      self,
      browser,
      onMessage,
      onLeading: (leading) => onLeading(mine, leading),
      onReady: () => probe(mine),
    });
    group = mine;
  }

  function leaveGroup(): void {
    group?.post({ type: hub ? 'gone' : 'bye' });
    hub?.close();
    hub = null;
    group?.leave();
    group = null;
    forgetLeader();
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
      if (hub) hub.announce();
      else if (page.visible) {
        ask({ type: 'visible' });
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
    if (hub) hub.announce();
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
      if (remote) ask({ type: 'connect' });
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
      spoke.subscribe(topic, handlers as TopicHandlers<unknown>),
    tabs: {
      get leading() {
        return hub !== null;
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
