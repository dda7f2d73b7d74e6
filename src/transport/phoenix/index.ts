export { longPolling, type Fallback, type VisitStorage } from './long-poll.js';
export type { PhoenixTransportOptions, SocketConstructor } from './phoenix-transport.js';
export { pageWake, type Page, type Wake } from './wake.js';
export { createPhoenixTransport } from './with-presence.js';
