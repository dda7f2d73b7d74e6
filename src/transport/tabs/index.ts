export {
  tabBrowser,
  type TabBrowser,
  type TabChange,
  type TabChannel,
  type TabLocks,
  type TabPage,
} from './browser.js';
export { createTabTransport, type TabTransportOptions } from './tab-transport.js';
