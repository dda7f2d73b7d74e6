import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { Config } from './config.js';

/** The client's address, past the proxies that are trusted; for requests that fastify does not see. */
export function createRemoteAddress(
  trustProxy: Config['trustProxy'],
): (request: IncomingMessage) => string {
  const trust = trustFunction(trustProxy);
  return (request) => proxyAddr(request, trust);
}

/** Whether the proxy at an address, so many hops away, is believed. */
export function trustFunction(
  trustProxy: Config['trustProxy'],
): (address: string, hop: number) => boolean {
  if (typeof trustProxy === 'boolean') return () => trustProxy;
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  return proxyAddr.compile(trustProxy.split(',').map((address) => address.trim()));
}
