import type { FilesConfig } from '../../config.js';
import type { FileStore } from '../../file-ports.js';
import { createDiskStore } from './disk.js';
import { createS3Store } from './s3.js';

/** The store that the configuration names; nothing is opened or made before the first file. */
export function openFileStore(config: FilesConfig): FileStore {
  return config.type === 'disk' ? createDiskStore(config.dir) : createS3Store(config);
}
