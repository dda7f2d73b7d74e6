import type { Frame } from './frame.js';

const FIN = 0x80;
const TEXT = 1;
const BINARY = 2;

/**
 * One frame for many receivers: encoded once, and wrapped once into the bytes of an unmasked,
 * uncompressed WebSocket frame when the first WebSocket asks for them.
 */
export class SharedFrame {
  readonly frame: Frame;
  #wire: Buffer | undefined;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  get wire(): Buffer {
    return (this.#wire ??= toWire(this.frame));
  }
}

/** The bytes of one whole WebSocket message, in one piece: one write, one packet. */
export function toWire(frame: Frame): Buffer {
  const isText = typeof frame === 'string';
  const length = isText ? Buffer.byteLength(frame, 'utf8') : frame.length;
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const wire = Buffer.allocUnsafe(start + length);
  wire[0] = FIN | (isText ? TEXT : BINARY);
  if (start === 2) wire[1] = length;
  else if (start === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  if (isText) wire.write(frame, start, 'utf8');
  else wire.set(frame, start);
  return wire;
}
