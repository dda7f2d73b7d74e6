import { events, type EventName } from '#kit/protocol/events.js';
import type { ErrorCode } from '#kit/protocol/errors.js';
import type { TopicKind } from '#kit/protocol/topics.js';
import type { Metrics, Outcome } from '../metrics.js';
import type { Channel, Reply } from '../phoenix/index.js';
import type { Assigns, Context } from './assigns.js';

const known: ReadonlySet<string> = new Set(Object.values(events));

/** Told of what is refused; nothing is made up for a line that nobody wants. */
export interface RefusalLog {
  isLevelEnabled(level: 'debug'): boolean;
  debug(fields: object, message: string): void;
}

/** The same channel, whose joins, pushes and times are counted. */
export function measuredChannel(
  channel: Channel<Assigns>,
  kind: TopicKind,
  metrics: Metrics,
  log: RefusalLog,
): Channel<Assigns> {
  const tell = (context: Context, event: string, outcome: Outcome): void => {
    if (outcome === 'ok') return;
    if (outcome === 'rate_limited') metrics.refused(event === 'phx_join' ? 'join' : 'push');
    if (!log.isLevelEnabled('debug')) return;
    const { workspaceId } = context.socket.assigns.caller;
    log.debug({ topic: context.topic, event, outcome, workspaceId }, 'refused');
  };
  return {
    ...channel,
    async join(context, payload) {
      const reply = await channel.join(context, payload);
      const outcome = outcomeOf(reply);
      metrics.joined(kind, outcome);
      tell(context, 'phx_join', outcome);
      return reply;
    },
    async handle(context, event, payload) {
      const startedAt = event === events.messageSend ? performance.now() : 0;
      const reply = await channel.handle(context, event, payload);
      if (!reply) return reply;
      const outcome = outcomeOf(reply);
      const name = known.has(event) ? (event as EventName) : 'unknown';
      metrics.pushed(name, outcome);
      if (name === events.messageSend && outcome === 'ok') {
        metrics.acknowledged(performance.now() - startedAt);
      }
      tell(context, name, outcome);
      return reply;
    },
    terminate(context, reason) {
      metrics.left(kind);
      return channel.terminate?.(context, reason);
    },
  };
}

/** Every channel of the contract answers an error with its code. */
function outcomeOf(reply: Reply): Outcome {
  return 'ok' in reply ? 'ok' : (reply.error as { code: ErrorCode }).code;
}
