import { randomBytes } from 'node:crypto';

const MASKED = 0x80;
const FINAL_TEXT = 0x81;
const OPCODE = 0x0f;
const TEXT = 1;

/** A client's WebSocket frame of `message` as JSON text, masked as the protocol wants. */
export function clientFrame(message: readonly unknown[]): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  const mask = randomBytes(4);
  const header =
    body.length < 126
      ? Buffer.from([FINAL_TEXT, MASKED | body.length])
      : Buffer.from([FINAL_TEXT, MASKED | 126, body.length >> 8, body.length & 0xff]);
  if (body.length > 0xffff) throw new RangeError('A frame of the load takes at most 65,535 bytes.');
  for (let index = 0; index < body.length; index++) {
    body[index] = (body[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return Buffer.concat([header, mask, body]);
}

/** Takes one text frame out of received bytes; they are valid during the call only. */
export type TextListener = (bytes: Buffer, start: number, end: number) => void;

/** Takes a server's unmasked frames apart, however the network cut them. */
export class FrameSplitter {
  #rest: Buffer | undefined;

  take(chunk: Buffer, onText: TextListener): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let offset = 0;
    while (offset + 2 <= bytes.length) {
      let start = offset + 2;
      let length = (bytes[offset + 1] ?? 0) & 0x7f;
      if (length === 126) {
        start += 2;
        if (start > bytes.length) break;
        length = bytes.readUInt16BE(offset + 2);
      } else if (length === 127) {
        start += 8;
        if (start > bytes.length) break;
        length = bytes.readUInt32BE(offset + 6);
      }
      if (start + length > bytes.length) break;
      if (((bytes[offset] ?? 0) & OPCODE) === TEXT) onText(bytes, start, start + length);
      offset = start + length;
    }
    this.#rest = offset < bytes.length ? Buffer.from(bytes.subarray(offset)) : undefined;
  }
}
