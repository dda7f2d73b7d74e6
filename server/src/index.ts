/** `@convkit/server` as a library: build it into a program of one's own. */
export { createApp, type App, type AppOptions } from './app.js';
export { readConfig, ConfigError, type Config, type Environment } from './config.js';
export { createLogger, type Logger } from './log.js';
export { start, type Running } from './main.js';
export { openStorage, StartRefused, type StorageOptions } from './adapters/postgres/index.js';
export { randomIds } from './adapters/random-ids.js';
export { systemClock } from './adapters/system-clock.js';
export type * from './ports.js';
