export { holdsDatabase } from './data-folder.js';
export { openStorage } from './open-storage.js';
export type { StorageOptions } from './open-storage.js';
export { StartRefused } from './start-refused.js';
export type { StartRefusal } from './start-refused.js';
