export { longPolling, type Fallback, type VisitStorage } from './long-poll.js';
export {
  createPhoenixTransport,
  type PhoenixTransportOptions,
  type SocketConstructor,
} from './phoenix-transport.js';
export { pageWake, type Page, type Wake } from './wake.js';
