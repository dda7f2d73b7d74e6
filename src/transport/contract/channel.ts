import { CodedError, isErrorCode, toWireError, type ErrorCode } from '../../protocol/index.js';

/** What the contract's channel needs of a server; that of `server/src/phoenix` and of memory fit. */
export interface ContractContext {
  readonly topic: string;
  push(event: string, payload: object): void;
  broadcast(event: string, payload: object): void;
  broadcastFrom(event: string, payload: object): void;
  afterJoin(hook: () => void): void;
  track(key: string, meta: object): void;
  stop(): void;
}

type Answer = { ok: object } | { error: object };

export interface ContractChannel {
  readonly presence: true;
  join(context: ContractContext, payload: unknown): Answer;
  handle(context: ContractContext, event: string, payload: unknown): Answer | void;
}

function refusal(code: ErrorCode): Answer {
  return { error: toWireError(new CodedError(code)) };
}

/**
 * The channel that a server must offer on `contract:*` to run the contract of transports:
 *
 * - join `{refuse?, as?, greet?}`: refuses with the code; shows `as` in the presence; pushes
 *   `greeting` `{n}` that many times; replies with the payload it got.
 * - `snapshot:get` answers as the join of that payload would; `echo` answers with its payload; `refuse {code}` with that error; `silence` not at all.
 * - `burst {count}` pushes `tick {n}` from 1 up, then answers `{}`.
 * - `shout` broadcasts its payload as `heard` to all, `whisper` to all others, and answers `{}`.
 * - `count` answers how many of `count` and `silence` the topic has seen.
 * - `crash` throws; `stop` ends the channel.
 */
export function createContractChannel(): ContractChannel {
  const seen = new Map<string, number>();
  const count = (topic: string): number => {
    const next = (seen.get(topic) ?? 0) + 1;
    seen.set(topic, next);
    return next;
  };
  return {
    presence: true,
    join(context, payload) {
      const { refuse, as, greet = 0 } = payload as { refuse?: string; as?: string; greet?: number };
      if (isErrorCode(refuse)) return refusal(refuse);
      if (as !== undefined) context.track(as, { as });
      context.afterJoin(() => {
        for (let n = 1; n <= greet; n++) context.push('greeting', { n });
      });
      return { ok: { payload } };
    },
    handle(context, event, payload) {
      const body = payload as { code?: unknown; count?: number };
      switch (event) {
        case 'snapshot:get':
          return { ok: { payload: body } };
        case 'echo':
          return { ok: body };
        case 'refuse':
          return refusal(isErrorCode(body.code) ? body.code : 'internal');
        case 'silence':
          count(context.topic);
          return undefined;
        case 'count':
          return { ok: { count: count(context.topic) } };
        case 'burst':
          for (let n = 1; n <= (body.count ?? 0); n++) context.push('tick', { n });
          return { ok: {} };
        case 'shout':
          context.broadcast('heard', body);
          return { ok: {} };
        case 'whisper':
          context.broadcastFrom('heard', body);
          return { ok: {} };
        case 'stop':
          context.stop();
          return { ok: {} };
        case 'crash':
          throw new Error('This channel crashes when it is asked to.');
        default:
          return refusal('event_unknown');
      }
    },
  };
}
