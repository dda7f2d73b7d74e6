import { Server } from '../e2e/server.js';
import { buildIfStale } from '../scripts/build.mjs';

/** The end-to-end tests run the built server, as a user would. */
export default async function setup(): Promise<() => Promise<void>> {
  await buildIfStale();
  return Server.prepare();
}
