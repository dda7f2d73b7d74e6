import { Compile, type Validator } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { contract } from '#kit/protocol/contract.js';
import { MessageText } from '#kit/protocol/schemas.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { EventName } from '#kit/protocol/events.js';
import type { TopicKind } from '#kit/protocol/topics.js';

const compiled = new Map<TSchema, Validator>();

/** Throws `invalid_payload` when the join's payload is not as the contract says. */
export function checkJoin(kind: TopicKind, payload: unknown): void {
  check(contract[kind].join.payload, payload);
}

/** Throws `event_unknown`, or `invalid_payload` when the push is not as the contract says. */
export function checkPush(kind: TopicKind, event: string, payload: unknown): EventName {
  const pushes = contract[kind].client;
  if (!isPushOf(pushes, event)) throw new CodedError('event_unknown');
  const push = pushes[event];
  if (!push) throw new CodedError('event_unknown');
  check(push.payload, payload);
  return event;
}

function isPushOf(pushes: Partial<Record<EventName, unknown>>, event: string): event is EventName {
  return Object.hasOwn(pushes, event);
}

function check(schema: TSchema, payload: unknown): void {
  let validator = compiled.get(schema);
  if (!validator) compiled.set(schema, (validator = Compile(schema)));
  if (validator.Check(payload)) return;
  const faults = validator.Errors(payload);
  const isLength = faults.every(
    ({ keyword, instancePath }) => keyword === 'maxLength' && instancePath === '/text',
  );
  throw new CodedError(isLength && isMessage(schema) ? 'message_too_long' : 'invalid_payload');
}

/** What a person wrote: they are told that it is its length, however long it is. */
function isMessage(schema: TSchema): boolean {
  return 'properties' in schema && (schema.properties as object)['text' as never] === MessageText;
}
