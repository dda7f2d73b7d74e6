import { atom } from 'nanostores';
import type { Account } from '../../context/index.js';
import type { Me } from '../../domain/index.js';
import { createAgentClient, type AgentClient } from '../../store/agent-client.js';
import { browserStorage } from '../../store/browser-storage.js';
import { createHttpApi } from '../../transport/http-api.js';
import type { GetToken } from '../../transport/transport.js';
import { createPhoenixTransport } from '../../transport/phoenix/index.js';
import { createTabTransport } from '../../transport/tabs/index.js';

/** A token that the host application signed for the agent. */
export type GetAgentToken = (options: { signal: AbortSignal }) => Promise<string>;

export interface DefaultClientOptions {
  /** Origin of the server, such as `https://chat.example`. */
  server: string;
  workspaceId: string;
  /** Without it the agent's session on the server's own origin counts. */
  getToken: GetAgentToken | undefined;
  onSignedOut: () => void;
}

export interface DefaultClient {
  client: AgentClient;
  /** There is none where the host application signs agents in. */
  account: Account | undefined;
}

/** A client of a ConvKit server, over HTTP and Phoenix Channels. */
export function createDefaultClient(options: DefaultClientOptions): DefaultClient {
  const { workspaceId, getToken } = options;
  const server = options.server.replace(/\/+$/, '');
  const api = createHttpApi({ server });
  let agentId = '';
  const channelToken: GetToken = async ({ signal }) => {
    const hostToken = await getToken?.({ signal });
    const given = hostToken === undefined ? { signal } : { signal, hostToken };
    const reply = await api.agentToken(given);
    agentId = reply.agentId;
    return reply.token;
  };
  const transport = createTabTransport({
    name: `${server}/${workspaceId}`,
    getToken: channelToken,
    identity: () => agentId,
    transport: (options) => createPhoenixTransport({ url: `${server}/socket`, ...options }),
  });
  const client = createAgentClient({
    transport,
    files: { upload: api.upload, address: api.address, getToken: channelToken },
    workspaceId,
    storage: browserStorage(),
  });
  if (getToken) return { client, account: undefined };

  const $profile = atom<Me | null>(null);
  return {
    client,
    account: {
      $profile,
      async updateProfile(patch) {
        $profile.set((await api.updateProfile(patch)).me);
      },
      async signOut() {
        await api.signOut();
        client.disconnect();
        options.onSignedOut();
      },
    },
  };
}
