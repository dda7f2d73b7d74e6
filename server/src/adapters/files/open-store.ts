import type { FilesConfig } from '../../config.js';
import type { FileStore } from '../../file-ports.js';
import { createDiskStore } from './disk.js';

/** The store that the configuration names; nothing is opened or made before the first file. */
export function openFileStore(config: FilesConfig): FileStore {
  if (config.type === 'disk') return createDiskStore(config.dir);
  throw new Error('S3');
}
