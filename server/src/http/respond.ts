import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import type { Static, TSchema } from 'typebox';
import { errorEntry, toWireError } from '#kit/protocol/error-entries.js';
import { CodedError, type ErrorCode } from '#kit/protocol/errors.js';
import { wireOf } from '#kit/protocol/wire-error.js';
import { refusedWith } from './outcome.js';

/** A function that takes what fits the schema and throws `invalid_payload` otherwise. */
export function parser<T extends TSchema>(schema: T): (value: unknown) => Static<T> {
  const validator = Compile(schema);
  return (value) => {
    if (!validator.Check(value)) throw new CodedError('invalid_payload');
    return value;
  };
}

/** Every refusal is a coded one; what nobody expected is logged and told without details. */
export function answerWithCodes(fastify: FastifyInstance): void {
  fastify.setErrorHandler(answerError);
  fastify.setNotFoundHandler((_request, reply) => {
    const error = new CodedError('route_not_found');
    return reply.code(errorEntry(error.code).status).send(toWireError(error));
  });
}

/** Also for what fastify refuses before any route, such as an address that cannot be decoded. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const coded = codedErrorOf(error);
  refusedWith(request, coded.code);
  if (coded.code === 'internal') {
    const path = request.routeOptions.url ?? 'unknown';
    request.log.error({ err: error, method: request.method, path }, 'a request failed');
  }
  // Whoever runs the server can mend it; whoever sent the file cannot.
  if (coded.code === 'storage_full' || coded.code === 'storage_unavailable') {
    request.log.error({ reason: reasonOf(coded) }, 'a file could not be stored or read');
  }
  if (coded.retryAfterMs !== undefined) {
    reply.header('retry-after', Math.ceil(coded.retryAfterMs / 1000));
    // A widget on any website is to know that, and when, it may try again.
    if (request.url.startsWith('/v1/')) {
      reply.header('access-control-allow-origin', '*');
      reply.header('access-control-expose-headers', 'retry-after');
      reply.header('cross-origin-resource-policy', 'cross-origin');
    }
  }
  return reply.code(errorEntry(coded.code).status).send(toWireError(coded));
}

function codedErrorOf(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const { statusCode } = error as Partial<FastifyError>;
  return new CodedError(codeOfStatus(statusCode), { cause: error });
}

/** What fastify refuses by itself: bodies that are too large or no JSON, and too much load. */
function codeOfStatus(status: number | undefined): ErrorCode {
  if (status === 413) return 'too_large';
  if (status === 404) return 'route_not_found';
  if (status === 429) return 'rate_limited';
  if (status === 503) return 'unavailable';
  return status !== undefined && status >= 400 && status < 500 ? 'invalid_payload' : 'internal';
}

/** What lies under a fault, in words alone: what a store answers may name its keys. */
function reasonOf({ cause }: Error): string {
  const words: string[] = [];
  for (let fault = cause; fault instanceof Error; fault = fault.cause) words.push(fault.message);
  return words.join(': ');
}

/** What is no HTTP at all never becomes a request; it is told so in the same form. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const coded = new CodedError(isLarge ? 'too_large' : 'invalid_payload', { cause: error });
  const { status } = errorEntry(coded.code);
  const body = JSON.stringify(wireOf(coded));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
