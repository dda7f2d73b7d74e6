import { randomBytes } from 'node:crypto';
import type { Ids } from '../ports.js';

/** 120 random bits: nothing about the number or the order of things can be read from an id. */
export const randomIds: Ids = {
  next: (kind) => `${kind}_${randomBytes(15).toString('base64url')}`,
};
