import { browserStorage } from '../../store/browser-storage.js';
import { createVisitorClient, type VisitorClient } from '../../store/visitor-client.js';
import { createVisitorApi } from '../../transport/http-visitor-api.js';
import { createPlainTransport } from '../../transport/phoenix/phoenix-transport.js';
import { createTabTransport } from '../../transport/tabs/index.js';
import { socketPath } from '../../protocol/index.js';

/** The client of a widget that was given none: this server, this browser's storage. */
export function createDefaultClient(options: { server: string; workspace: string }): VisitorClient {
  const server = options.server.replace(/\/+$/, '');
  const workspaceId = options.workspace;
  return createVisitorClient({
    api: createVisitorApi({ server }),
    transport: (options) =>
      createTabTransport({
        ...options,
        name: `${server}/${workspaceId}`,
        transport: ({ getToken }) => createPlainTransport({ url: server + socketPath, getToken }),
      }),
    storage: browserStorage(),
    workspaceId,
  });
}
