import { setTimeout as pause } from 'node:timers/promises';
import { mark } from '../../src/usecases/mark.js';
import { sendVisitorMessage } from '../../src/usecases/send-visitor-message.js';
import { pushContactData } from '../../src/usecases/set-contact-data.js';
import { CodedError } from '#kit/protocol/errors.js';
import { clientId, type Fixture } from '../app-fixture.js';
import { comesTrue } from '../chaos/wait.js';
import { differences, readTruth, type Truth } from './agreement.js';
import type { Desk } from './desk.js';
import { emptyOf, fieldsOf, Ledger } from './ledger.js';
import { Seat, type Office } from './seat.js';
import { known, type Moment, type Script, type VisitorAct } from './script.js';

/** How long people wait before they say that it hangs, in ms. */
const patience = 15_000;

/** Plays a script in a new conversation; gives what went wrong, a sentence each. */
export async function interleave(
  fixture: Fixture,
  desks: readonly [Desk, Desk],
  script: Script,
  office: Office,
): Promise<string[]> {
  const { storage, app, clock } = fixture;
  const { caller } = await fixture.visitor();
  const before = await storage.contacts.update(caller.contactId, {
    attributes: known.attributes.map((key) => ({ key, value: 'before' })),
    tags: [...known.tags],
  });
  const ask = (text: string): Promise<{ conversationId: string }> =>
    sendVisitorMessage(app.ports, caller, { clientId: clientId(), text });
  const { conversationId } = await ask(`hello-${script.seed}`);
  const ledger = new Ledger();
  const [first, second] = desks;
  const seats = [
    new Seat(first, second, conversationId, office, ledger),
    new Seat(second, first, conversationId, office, ledger),
  ] as const;
  try {
    if (!(await comesTrue(() => seats.every(({ ready }) => ready), patience, 2))) {
      return seats.map(
        ({ store }) => `a desk shows nothing: ${JSON.stringify(store.$thread.get())}`,
      );
    }
    seats.forEach((seat, index) => seat.say('comment', `first-${script.seed}-${index}`));
    await comesTrue(
      () => seats.every(({ store }) => stored(store.$thread.get().items, 2)),
      patience,
      2,
    );

    const during = <Done>(
      moments: readonly Moment<Done>[],
      act: (done: Done) => Promise<unknown>,
    ): Promise<unknown>[] =>
      moments.map(async ({ atMs, act: done }) => {
        if (atMs > 0) await pause(atMs);
        clock.advance(1);
        await act(done);
      });
    const visit = async (act: VisitorAct): Promise<unknown> => {
      if (act.type === 'say') return ask(act.text);
      if (act.type === 'read') return mark(app.ports, caller, { conversationId, read: 99 });
      const page = { how: 'update', data: [{ key: 'Basket', value: `${script.seed}` }] } as const;
      return pushContactData(app.ports, caller, { ...page, data: [...page.data] });
    };
    await Promise.all([
      ...seats.flatMap((seat, agent) =>
        during(script.agents[agent as 0 | 1], (act) => seat.play(act)),
      ),
      ...during(script.visitor, (act) => visit(act).catch(refusedAsBlockedOrGone)),
      ...during(script.faults, (fault) => seats[fault.agent].desk.suffer(fault, pause)),
    ]);
    return await judge(fixture, script, { seats, ledger, conversationId, before: before! });
  } finally {
    for (const seat of seats) seat.leave();
  }
}

interface Played {
  seats: readonly [Seat, Seat];
  ledger: Ledger;
  conversationId: string;
  before: Truth['contact'];
}

async function judge(fixture: Fixture, script: Script, played: Played): Promise<string[]> {
  const { seats, conversationId, before } = played;
  const end = performance.now() + patience;
  let truth: Truth;
  let found: string[];
  do {
    await comesTrue(
      () => seats.every(({ store }) => stored(store.$thread.get().items, 0)),
      patience,
      5,
    );
    truth = await readTruth(fixture, conversationId, before.id);
    const now = truth;
    found = seats.flatMap((seat) => differences(seat, now, conversationId));
    if (found.length > 0) await pause(10);
  } while (found.length > 0 && performance.now() < end);
  return [...found, ...seats.flatMap(({ faults }) => faults), ...lost(script, played, truth)];
}

/** What was done and is not there, or is there and was not done. */
function lost({ faults }: Script, { seats, ledger, before }: Played, truth: Truth): string[] {
  const found: (string | null)[] = [];
  const [was, is] = [fieldsOf(before), fieldsOf(truth.contact)];
  const fields = new Set([...was.keys(), ...is.keys(), ...ledger.writes.map(({ field }) => field)]);
  for (const field of fields) {
    if (!field.startsWith('contact’s ')) continue;
    const empty = emptyOf(field);
    found.push(ledger.doubt(field, was.get(field) ?? empty, is.get(field) ?? empty));
  }
  // Nobody is told of the end of an act only where a connection ended.
  if (faults.length === 0) found.push(...seats.flatMap(({ open }) => open));
  const { conversation, messages } = truth;
  if (!conversation) return found.filter((fault) => fault !== null);

  found.push(...seats.flatMap(({ gone }) => gone));
  found.push(ledger.doubt('group', null, conversation.groupId));
  if (conversation.state === 'closed' && !ledger.tried('state')) found.push('nobody closed it');
  for (const { desk, sent, store } of seats) {
    const failed = store.$thread.get().items.filter(({ state }) => state === 'failed');
    found.push(...failed.map(({ text, error }) => `${text} was refused: ${error?.code ?? ''}`));
    for (const { key, text, kind } of sent) {
      const rows = messages.filter(
        ({ clientId: id, author }) => id === key && author.id === desk.agent.id,
      );
      const [row] = rows;
      if (!row || rows.length > 1 || row.kind !== kind) {
        found.push(`${text} is ${rows.length} times in the database`);
        continue;
      }
      const erased = row.deletedAt !== null;
      found.push(ledger.doubt(`erased ${row.id}`, false, erased));
      if (!erased) found.push(ledger.doubt(`text ${row.id}`, text, row.text));
    }
  }
  return found.filter((fault) => fault !== null);
}

/** Whether so many messages of one's own are stored, and none is on its way. */
function stored(
  items: readonly { own: boolean; id: string | null; state: unknown }[],
  least: number,
): boolean {
  const agents = items.filter(
    (item) => item.id !== null && 'kind' in item && item.kind === 'comment',
  );
  return (
    agents.length >= least && items.every(({ id, state }) => id !== null || state === 'failed')
  );
}

function refusedAsBlockedOrGone(fault: unknown): void {
  const codes = ['message_refused', 'conversation_not_found'];
  if (!(fault instanceof CodedError && codes.includes(fault.code))) throw fault;
}
