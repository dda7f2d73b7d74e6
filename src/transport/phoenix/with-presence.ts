import { createPresenceFold } from '../presence.js';
import type { Transport } from '../transport.js';
import { joinAuth } from './join-auth.js';
import { createPlainTransport, type PhoenixTransportOptions } from './phoenix-transport.js';

/** A connection to a server that speaks Phoenix Channels V2, with who is there. */
export function createPhoenixTransport({ auth, ...options }: PhoenixTransportOptions): Transport {
  return createPlainTransport({
    ...options,
    createPresence: createPresenceFold,
    ...(auth === 'join' ? { joinAuth } : {}),
  });
}
