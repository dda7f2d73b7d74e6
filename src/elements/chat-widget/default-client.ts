import { browserStorage, type StorageKind } from '../../store/browser-storage.js';
import { createVisitorClient, type VisitorClient } from '../../store/visitor-client.js';
import { createVisitorApi } from '../../transport/http-visitor-api.js';
import { createPlainTransport } from '../../transport/phoenix/phoenix-transport.js';
import { createTabTransport } from '../../transport/tabs/index.js';
import { socketPath } from '../../protocol/index.js';

interface DefaultClientOptions {
  server: string;
  workspace: string;
  storage?: StorageKind | undefined;
}

/** The client of a widget that was given none: this server, this browser's storage. */
export function createDefaultClient({
  workspace: workspaceId,
  storage,
  ...options
}: DefaultClientOptions): VisitorClient {
  const server = options.server.replace(/\/+$/, '');
  return createVisitorClient({
    api: createVisitorApi({ server }),
    transport: (identity) =>
      createTabTransport({
        ...identity,
        name: `${server}/${workspaceId}`,
        transport: ({ getToken }) => createPlainTransport({ url: server + socketPath, getToken }),
      }),
    storage: browserStorage(storage),
    workspaceId,
  });
}
