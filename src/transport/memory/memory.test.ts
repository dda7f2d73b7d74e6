import { createMemoryServer } from './memory-server.js';
import { createContractChannel } from '../contract/channel.js';
import { transportContract } from '../transport.contract.js';
import { createMemoryTransport } from './memory-transport.js';
import { systemClock } from '../clock.js';

transportContract({ describe, it }, 'memory', () => {
  const channel = createContractChannel();
  const server = createMemoryServer({ channels: { contract: () => channel } });
  const api = server.api({ agentId: 'ag_1' });
  return {
    client: () =>
      createMemoryTransport(server.network, {
        getToken: async () => (await api.agentToken()).token,
        clock: systemClock,
        timeoutMs: 100,
      }),
    cut: () => server.cut(),
    setReachable(reachable) {
      if (reachable) server.restore();
      else server.network.up = false;
    },
    refuse: server.refuse,
    close: () => server.cut({ stayDown: true }),
  };
});
