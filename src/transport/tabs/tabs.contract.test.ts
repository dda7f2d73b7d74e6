import { createContractChannel } from '../contract/channel.js';
import { systemClock } from '../clock.js';
import { createMemoryServer } from '../memory/memory-server.js';
import { createMemoryTransport } from '../memory/memory-transport.js';
import { createFakeTabs } from '../../testing/fake-tabs.js';
import { transportContract, type TransportHarness } from '../transport.contract.js';
import type { Transport } from '../transport.js';
import { tabBrowser, type TabBrowser } from './browser.js';
import { createTabTransport } from './tab-transport.js';

/** Each client is a browser profile of its own, with a tab that leads and maybe one that follows. */
function createHarness(profile: () => () => TabBrowser, follows: boolean): TransportHarness {
  const channel = createContractChannel();
  const server = createMemoryServer({ channels: { contract: () => channel } });
  const api = server.api({ agentId: 'ag_1' });
  const transports: Transport[] = [];
  let profiles = 0;
  const open = (name: string, browser: TabBrowser): Transport => {
    const transport = createTabTransport({
      name,
      getToken: async () => (await api.agentToken()).token,
      identity: () => 'ag_1',
      transport: ({ getToken }) =>
        createMemoryTransport(server.network, { getToken, clock: systemClock, timeoutMs: 100 }),
      browser,
    });
    transports.push(transport);
    return transport;
  };
  return {
    client() {
      const tab = profile();
      const name = `contract/${String(Date.now())}/${++profiles}`;
      if (!follows) return open(name, tab());
      open(name, tab()).connect();
      return open(name, tab());
    },
    cut: () => server.cut(),
    setReachable(reachable) {
      if (reachable) server.restore();
      else server.network.up = false;
    },
    refuse: server.refuse,
    close() {
      for (const transport of transports) transport.disconnect();
      server.cut({ stayDown: true });
    },
  };
}

function fakeProfile(): () => TabBrowser {
  const tabs = createFakeTabs();
  return () => tabs.tab();
}

function realProfile(): () => TabBrowser {
  return () => {
    const browser = tabBrowser();
    if (!browser) throw new Error('These tests need a browser with locks and channels.');
    // The page that runs tests is hidden at times; that has tests of its own.
    return { ...browser, page: { visible: true, listen: () => () => undefined } };
  };
}

transportContract({ describe, it }, 'a tab that leads', () => createHarness(fakeProfile, false));
transportContract({ describe, it }, 'a tab that follows', () => createHarness(fakeProfile, true));
transportContract({ describe, it }, 'a tab that leads, in this browser', () =>
  createHarness(realProfile, false),
);
transportContract({ describe, it }, 'a tab that follows, in this browser', () =>
  createHarness(realProfile, true),
);
