/**
 * The V2 frames. Text is `[join_ref, ref, topic, event, payload]` as JSON; binary starts with its
 * kind, then one byte of length for each name, the names, and the payload's bytes.
 */

/** Clients number their messages with strings; what they sent is echoed as it came. */
export type Ref = string | number | null;

export interface Message {
  readonly joinRef: Ref;
  readonly ref: Ref;
  readonly topic: string;
  readonly event: string;
  /** JSON, or a Buffer when it came in a binary frame. */
  readonly payload: unknown;
}

/** A string is a text frame, a Buffer a binary one. */
export type Frame = string | Buffer;

export class FrameError extends Error {
  override name = 'FrameError';
}

const PUSH = 0;
const REPLY = 1;
const BROADCAST = 2;
const LONGEST_NAME = 255;

export function decodeText(text: string): Message {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    throw new FrameError('the frame is not JSON');
  }
  if (!Array.isArray(parts) || parts.length < 5) {
    throw new FrameError('the frame is not an array of five');
  }
  const [joinRef, ref, topic, event, payload] = parts as unknown[];
  if (!isRef(joinRef) || !isRef(ref)) throw new FrameError('a ref is a string or null');
  if (typeof topic !== 'string' || typeof event !== 'string') {
    throw new FrameError('topic and event are strings');
  }
  return { joinRef, ref, topic, event, payload };
}

/** Decodes a client's push; the payload shares memory with `bytes`. */
export function decodeBinary(bytes: Buffer): Message {
  if (bytes.length < 5 || bytes[0] !== PUSH) {
    throw new FrameError('a binary frame from a client is a push with four lengths');
  }
  let offset = 5;
  const names: string[] = [];
  for (let index = 1; index <= 4; index++) {
    const end = offset + (bytes[index] ?? 0);
    if (end > bytes.length) throw new FrameError('the binary frame is cut short');
    names.push(bytes.toString('utf8', offset, end));
    offset = end;
  }
  const [joinRef = '', ref = '', topic = '', event = ''] = names;
  return {
    joinRef: joinRef === '' ? null : joinRef,
    ref: ref === '' ? null : ref,
    topic,
    event,
    payload: bytes.subarray(offset),
  };
}

export function encodePush(joinRef: Ref, topic: string, event: string, payload: object): Frame {
  if (payload instanceof Uint8Array) {
    return encodeBinary(PUSH, [refName(joinRef), topic, event], payload);
  }
  return JSON.stringify([joinRef, null, topic, event, payload]);
}

export function encodeReply(
  joinRef: Ref,
  ref: Ref,
  topic: string,
  status: 'ok' | 'error',
  response: object,
): Frame {
  if (response instanceof Uint8Array) {
    return encodeBinary(REPLY, [refName(joinRef), refName(ref), topic, status], response);
  }
  return JSON.stringify([joinRef, ref, topic, 'phx_reply', { status, response }]);
}

export function encodeBroadcast(topic: string, event: string, payload: object): Frame {
  if (payload instanceof Uint8Array) return encodeBinary(BROADCAST, [topic, event], payload);
  return JSON.stringify([null, null, topic, event, payload]);
}

/** `phx_close` and `phx_error` carry the join's ref in both places. */
export function encodeEnd(joinRef: Ref, topic: string, event: 'phx_close' | 'phx_error'): Frame {
  return JSON.stringify([joinRef, joinRef, topic, event, {}]);
}

function encodeBinary(kind: number, names: readonly string[], payload: Uint8Array): Buffer {
  const encoded = names.map((name) => Buffer.from(name, 'utf8'));
  const lengths = encoded.map((name) => name.length);
  const longest = Math.max(...lengths);
  if (longest > LONGEST_NAME) {
    throw new RangeError(
      `A name in a binary frame takes ${longest} bytes; shorten it to ${LONGEST_NAME} or send JSON.`,
    );
  }
  return Buffer.concat([Buffer.from([kind, ...lengths]), ...encoded, payload]);
}

function isRef(value: unknown): value is Ref {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function refName(ref: Ref): string {
  return ref === null ? '' : String(ref);
}
