import { createHmac } from 'node:crypto';
import { networkOf } from '../remote-address.js';
import { deriveKey } from './secret-codes.js';

/** Names the network of an address without telling it: without the key nobody can try them all. */
export type HashNetwork = (address: string) => string;

export function createNetworkHash(secret: string): HashNetwork {
  const key = deriveKey(secret, 'network');
  return (address) =>
    createHmac('sha256', key).update(networkOf(address)).digest('base64url').slice(0, 22);
}
