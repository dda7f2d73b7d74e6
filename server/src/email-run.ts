import { mailConnections } from './adapters/mail/smtp.js';
import type { Mailbox, Mailer } from './mail-ports.js';
import type { Metrics } from './metrics.js';
import type { Ports } from './usecases/act.js';
import { sendEmails, type Dispatch } from './usecases/send-emails.js';

/** Emails of one round; as many rounds at a time as there are connections. */
const atOnce = 1;
const mostRounds = mailConnections;
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
  /** Side by side: an email that a server is slow to take holds up no other. */
  const rounds = new Set<Promise<void>>();
  let again = false;

  const round = async (): Promise<void> => {
    try {
      const count = await sendEmails(dispatch, atOnce, ending.signal);
      if (count === atOnce) again = true;
    } catch (error) {
      log.error({ err: error }, 'emails could not be handed over');
    }
  };
  const kick = (): void => {
    if (ending.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(kick, everyMs).unref();
    if (rounds.size >= mostRounds) {
      again = true;
      return;
    }
    again = false;
    const running = round().finally(() => {
      rounds.delete(running);
      if (again) kick();
    });
    rounds.add(running);
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
    await Promise.race([Promise.all(rounds), enough]);
    clearTimeout(late);
    mailer.close();
  };
}
