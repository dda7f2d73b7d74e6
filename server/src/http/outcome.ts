import type { FastifyRequest } from 'fastify';
import type { ErrorCode } from '#kit/protocol/errors.js';
import type { Outcome } from '../metrics.js';

const codes = new WeakMap<FastifyRequest, ErrorCode>();

/** The request was refused; whoever counts and logs asks for it when the answer is out. */
export function refusedWith(request: FastifyRequest, code: ErrorCode): void {
  codes.set(request, code);
}

export function outcomeOf(request: FastifyRequest): Outcome {
  return codes.get(request) ?? 'ok';
}
