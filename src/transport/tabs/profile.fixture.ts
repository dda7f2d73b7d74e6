import { follow } from '../contract/bench.js';
import { createContractChannel } from '../contract/channel.js';
import { createMemoryServer } from '../memory/memory-server.js';
import { createMemoryTransport } from '../memory/memory-transport.js';
import { createFakeClock, createFakeTabs, settled, type FakeTab } from '../../testing.js';
import type { Transport } from '../transport.js';
import * as sharing from './sharing.js';
import { createTabTransport, type TabTransportOptions } from './tab-transport.js';

/** A browser profile whose tabs talk to one memory server on a fake clock. */
export function createProfile() {
  const clock = createFakeClock();
  const channel = createContractChannel();
  const server = createMemoryServer({ clock, channels: { contract: () => channel } });
  const tabs = createFakeTabs();
  let dials = 0;
  let identity = 'ag_1';
  const { dial } = server.network;
  server.network.dial = (token, handlers) => {
    dials++;
    return dial(token, handlers);
  };
  const open = ({
    loadSharing = async () => sharing,
    ...options
  }: Pick<TabTransportOptions, 'loadSharing'> & { visible?: boolean } = {}): {
    tab: FakeTab;
    transport: Transport;
  } => {
    const tab = tabs.tab(options);
    const transport = createTabTransport({
      name: 'here/ws_memory',
      getToken: async () => 'agent|ag_1',
      identity: () => identity,
      transport: ({ getToken }) =>
        createMemoryTransport(server.network, { getToken, clock, timeoutMs: 20_000 }),
      browser: tab,
      loadSharing,
      clock,
    });
    transport.connect();
    return { tab, transport };
  };
  return {
    clock,
    server,
    tabs,
    open,
    setIdentity: (next: string) => (identity = next),
    dials: () => dials,
  };
}

/** Two tabs that follow one topic, each from a cursor of its own. */
export async function twoTabs(options: { visible?: boolean } = {}) {
  const profile = createProfile();
  const [one, two] = [profile.open(options), profile.open()];
  await settled();
  const a = follow(one.transport, 'contract:room', () => ({ cursor: 'a' }));
  const b = follow(two.transport, 'contract:room', () => ({ cursor: 'b' }));
  await settled(200);
  return { ...profile, one, two, a, b };
}
