import type { IncomingMessage } from 'node:http';

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/**
 * Ends the connection of a request whose body takes too long to come. Node's `requestTimeout` does
 * the same for a whole server, and would end uploads on slow lines too.
 */
export function limitBodyTime(request: IncomingMessage, limitMs: number): void {
  const { headers, socket } = request;
  if (headers['transfer-encoding'] === undefined && headers['content-length'] === undefined) return;
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (socket.writable) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    socket.destroy();
  }, limitMs).unref();
  timers.set(request, timer);
  request.once('close', () => clearTimeout(timer));
}

/** For a body whose pace is watched by its reader. */
export function liftBodyTime(request: IncomingMessage): void {
  clearTimeout(timers.get(request));
}
