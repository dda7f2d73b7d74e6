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

function toWire(frame: Frame): Buffer {
  const body = typeof frame === 'string' ? Buffer.from(frame, 'utf8') : frame;
  const first = FIN | (typeof frame === 'string' ? TEXT : BINARY);
  let header: Buffer;
  if (body.length < 126) {
    header = Buffer.from([first, body.length]);
  } else if (body.length < 65_536) {
    header = Buffer.from([first, 126, 0, 0]);
    header.writeUInt16BE(body.length, 2);
  } else {
    header = Buffer.from([first, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([header, body]);
}
