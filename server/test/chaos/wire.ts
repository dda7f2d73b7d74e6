/** What a server sent over one connection, as its client understands it. */
export interface Received {
  /** Bodies of HTTP answers, longpoll's among them. */
  bodies: string[];
  /** Text of WebSocket frames. */
  frames: string[];
}

/** Reads the bytes of one connection from their beginning; what was cut off at the end is left out. */
export function readConnection(bytes: Buffer): Received {
  const received: Received = { bodies: [], frames: [] };
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end < 0) return received;
    const head = bytes.toString('latin1', at, end);
    at = end + 4;
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
    if (status === 101) {
      received.frames = readFrames(bytes.subarray(at));
      return received;
    }
    if (status < 200) continue;
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    const chunked = /^transfer-encoding: *chunked/im.test(head);
    if (chunked) {
      const body = readChunks(bytes, at);
      received.bodies.push(body.text);
      if (body.end === null) return received;
      at = body.end;
    } else if (length !== undefined) {
      received.bodies.push(bytes.toString('utf8', at, at + Number(length)));
      at += Number(length);
    } else if (status !== 204 && status !== 304) {
      received.bodies.push(bytes.toString('utf8', at));
      return received;
    }
  }
}

function readChunks(bytes: Buffer, start: number): { text: string; end: number | null } {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const line = bytes.indexOf('\r\n', at);
    const size = line < 0 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, line), 16);
    const text = (): string => Buffer.concat(parts).toString('utf8');
    if (Number.isNaN(size)) return { text: text(), end: null };
    if (size === 0) return { text: text(), end: line + 4 };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

/** RFC 6455 5.2; what servers send is not masked. */
function readFrames(bytes: Buffer): string[] {
  const texts: string[] = [];
  let parts: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const first = bytes.readUInt8(at);
    let length = bytes.readUInt8(at + 1) & 0x7f;
    let start = at + 2;
    if (length === 126) {
      if (start + 2 > bytes.length) break;
      length = bytes.readUInt16BE(start);
      start += 2;
    } else if (length === 127) {
      if (start + 8 > bytes.length) break;
      length = Number(bytes.readBigUInt64BE(start));
      start += 8;
    }
    if (start + length > bytes.length) break;
    const opcode = first & 0x0f;
    // Control frames may come between the parts of a message.
    if (opcode < 8) {
      parts.push(bytes.subarray(start, start + length));
      if ((first & 0x80) !== 0) {
        texts.push(Buffer.concat(parts).toString('utf8'));
        parts = [];
      }
    }
    at = start + length;
  }
  return texts;
}
