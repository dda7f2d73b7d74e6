import { CodedError, type VisitorIdentity } from '../../protocol/index.js';
import type { ServerApi } from '../api.js';
import type { Caller } from './caller.js';
import { storeFile } from './files.js';
import { browserOf, identify, type Browser, type Identities } from './identities.js';
import type { MemoryNetwork } from './network.js';
import { availabilityOf, meSnapshot, settingsOf } from './snapshots.js';
import { agentOf, type Workspace } from './workspace.js';

const tokenLifeMs = 10 * 60_000;

/** The HTTP half of a memory server, with the session of one agent or of nobody. */
export function createMemoryApi(
  workspace: Workspace,
  network: MemoryNetwork<Caller>,
  identities: Identities,
  sessionOf: string | null,
): ServerApi {
  let agentId = sessionOf;

  async function reach({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    await Promise.resolve();
    signal?.throwIfAborted();
    if (!network.up) throw new CodedError('connection_lost');
    if (network.refusal) throw new CodedError(network.refusal);
  }

  function signedIn(): { workspaceId: string; me: ReturnType<typeof meSnapshot> } {
    if (agentId === null) throw new CodedError('unauthorized');
    return { workspaceId: workspace.id, me: meSnapshot(agentOf(workspace, agentId)) };
  }

  function browser(token: string | undefined, identity: VisitorIdentity | undefined): Browser {
    if (identity) return identities.signIn(identity, token);
    return token === undefined ? identities.newBrowser() : browserOf(workspace, token);
  }

  return {
    async config(workspaceId, options) {
      await reach(options);
      if (workspaceId !== workspace.id) throw new CodedError('workspace_not_found');
      return {
        workspaceId,
        settings: settingsOf(workspace),
        availability: availabilityOf(workspace),
        country: null,
      };
    },
    async visitorToken({ workspaceId, visitorToken, identity }, options) {
      await reach(options);
      if (workspaceId !== workspace.id) throw new CodedError('workspace_not_found');
      const { contactId, token } = browser(visitorToken, identity);
      const expiresAt = workspace.now() + tokenLifeMs;
      return { contactId, visitorToken: token, token, expiresAt };
    },
    async visitorSignOut({ workspaceId, visitorToken }) {
      await reach();
      if (workspaceId !== workspace.id) throw new CodedError('token_invalid');
      identities.revoke(browserOf(workspace, visitorToken));
    },
    async upload(upload) {
      await reach(upload.signal ? { signal: upload.signal } : {});
      const attachment = storeFile(workspace, identify(workspace, upload.token), upload);
      upload.onProgress?.(1);
      return { attachment };
    },
    address: (path) => path,
    async agentToken(options = {}) {
      await reach(options);
      const { me } = signedIn();
      const expiresAt = workspace.now() + tokenLifeMs;
      return { agentId: me.id, workspaceId: workspace.id, token: `agent|${me.id}`, expiresAt };
    },
    async signIn(email) {
      await reach();
      const found = [...workspace.agents.values()].find((agent) => agent.email === email);
      if (!found) throw new CodedError('sign_in_failed');
      agentId = found.id;
      return signedIn();
    },
    async signInWithLink(code) {
      await reach();
      if (!workspace.agents.has(code)) throw new CodedError('sign_in_link_invalid');
      agentId = code;
      return signedIn();
    },
    async signOut() {
      await reach();
      agentId = null;
    },
    async session(options) {
      await reach(options);
      return signedIn();
    },
    async updateProfile({ name, email }) {
      await reach();
      const agent = agentOf(workspace, signedIn().me.id);
      if (name !== undefined) agent.name = name;
      if (email !== undefined) agent.email = email;
      agent.version++;
      return signedIn();
    },
  };
}
