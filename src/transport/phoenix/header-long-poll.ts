import { LongPoll } from 'phoenix';

/** The part of phoenix's long polling that its types leave out. */
interface Polls {
  readonly pollEndpoint: string;
  /** Names the session; null until it is open. */
  readonly token: string | null;
  endpointURL(): string;
  ajax(method: string, headers: Record<string, string>, ...rest: unknown[]): void;
}

const PhoenixLongPoll = LongPoll as unknown as new (
  endPoint: string,
  protocols?: string | string[],
) => Polls;

/**
 * Phoenix's long polling with the token of its session in a header, as Phoenix 1.9 does: addresses
 * are logged on the way. Servers of Phoenix before 1.8.10 know it in the address only.
 */
export class HeaderLongPoll extends PhoenixLongPoll {
  override endpointURL(): string {
    return this.pollEndpoint;
  }

  override ajax(method: string, headers: Record<string, string>, ...rest: unknown[]): void {
    const { token } = this;
    const named = token === null ? headers : { ...headers, 'X-Phoenix-Longpoll-Token': token };
    super.ajax(method, named, ...rest);
  }
}
