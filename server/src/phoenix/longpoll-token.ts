import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a longpoll session lives. */
export interface SessionAddress {
  readonly node: string;
  readonly session: string;
}

/** Signs session tokens, for one endpoint: a token of another path is not valid here. */
export class LongpollTokens {
  readonly #secret: string;
  readonly #path: string;

  constructor(secret: string, path: string) {
    this.#secret = secret;
    this.#path = path;
  }

  sign({ node, session }: SessionAddress): string {
    const address = Buffer.from(JSON.stringify([node, session])).toString('base64url');
    return `${address}.${this.#signature(address).toString('base64url')}`;
  }

  /** Undefined for whatever this secret did not sign. */
  verify(token: string): SessionAddress | undefined {
    const [address = '', signature = ''] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#signature(address);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [node, session] = JSON.parse(Buffer.from(address, 'base64url').toString()) as [
      string,
      string,
    ];
    return { node, session };
  }

  #signature(address: string): Buffer {
    return createHmac('sha256', this.#secret)
      .update(`phoenix longpoll ${this.#path} ${address}`)
      .digest();
  }
}
