import type { Mailbox, Mailer } from './mail-ports.js';
import type { Metrics } from './metrics.js';
import type { Ports } from './usecases/act.js';
import { sendEmails, type Dispatch } from './usecases/send-emails.js';

const atOnce = 10;
/** What is handed over when the server ends gets so long, in ms. */
const finishMs = 5_000;

export interface EmailRun {
  ports: Ports;
  mailer: Mailer;
  from: Mailbox;
  log: {
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
  metrics: Pick<Metrics, 'emailed'>;
  everyMs?: number;
}

/**
 * Hands emails over as they come, and looks now and then for what is due again. Servers that share
 * a database share the work. Gives the way to end it.
 */
export function startEmailRun({
  ports,
  mailer,
  from,
  log,
  metrics,
  everyMs = 5_000,
}: EmailRun): () => Promise<void> {
  const ending = new AbortController();
  const dispatch: Dispatch = {
    ports,
    mailer,
    from,
    random: Math.random,
    done(outcome, { messageId, attempts }) {
      metrics.emailed(outcome.type);
      if (outcome.type === 'sent') return;
      const { reason } = outcome;
      log.warn({ messageId, attempts, reason, outcome: outcome.type }, 'an email was not sent');
    },
  };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const run = async (): Promise<void> => {
    do {
      again = false;
      try {
        const count = await sendEmails(dispatch, atOnce, ending.signal);
        if (count === atOnce) again = true;
      } catch (error) {
        log.error({ err: error }, 'emails could not be handed over');
      }
    } while (again && !ending.signal.aborted);
  };
  const kick = (): void => {
    if (ending.signal.aborted) return;
    if (running) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      if (ending.signal.aborted) return;
      if (again) kick();
      else timer = setTimeout(kick, everyMs).unref();
    });
  };
  const unsubscribe = ports.events.subscribe((event) => {
    if (event.type === 'message' && event.message.email?.state === 'queued') kick();
  });
  kick();

  return async () => {
    ending.abort();
    unsubscribe();
    clearTimeout(timer);
    let late: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (late = setTimeout(resolve, finishMs)));
    await Promise.race([running, enough]);
    clearTimeout(late);
    mailer.close();
  };
}
