import { serverContract } from '../server.contract.js';
import { createMemoryServer } from './memory-server.js';

serverContract({ describe, it, before, after }, 'memory', () => {
  const agents = { owner: 'ag_ann', agent: 'ag_bob' } as const;
  const server = createMemoryServer({
    agents: [
      { id: agents.owner, name: 'Ann', role: 'owner' },
      { id: agents.agent, name: 'Bob' },
    ],
  });
  return {
    workspaceId: server.workspace.id,
    agents,
    client: (who) => server.agentTransport(agents[who]),
    async visitor() {
      const workspaceId = server.workspace.id;
      const { contactId, token } = await server.api().visitorToken({ workspaceId });
      return { contactId, transport: server.transport({ getToken: async () => token }) };
    },
    setRouting(routing) {
      server.workspace.settings.routing = routing;
    },
    setWidget: server.updateSettings,
    end: server.acts.end,
    failMail: server.failMail,
    indexed: () => undefined,
    close: () => server.cut({ stayDown: true }),
  };
});
