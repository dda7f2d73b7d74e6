import { fileURLToPath } from 'node:url';
import * as peers from '../peers.js';

const folder = fileURLToPath(new URL('./', import.meta.url));

/** Where the built pages lie. */
export const built = `${folder}dist/`;

const pages = ['empty', 'ours', 'list', 'deep-chat', 'chatscope', 'vaadin'] as const;

export const installPeers = (): Promise<void> => peers.installPeers(folder);

export const buildPages = (): Promise<void> => peers.buildPages(folder, pages);
