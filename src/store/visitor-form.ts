import {
  missingAnswers,
  openQuestions,
  type ContactForm,
  type FormAnswers,
} from '../domain/index.js';
import { CodedError, events } from '../protocol/index.js';
import type { Pending } from './outbox.js';
import type { VisitorParts } from './visitor-acts.js';

/** What a workspace asks its visitor in the conversation (S5.7). */
export interface VisitorForm {
  /** Resolves when the server has the answers. */
  submit(answers: FormAnswers): Promise<void>;
  /** Nothing was asked of whoever comes now. */
  forget(): void;
  stop(): void;
}

export function createVisitorForm(parts: VisitorParts): VisitorForm {
  const { workspaceId, storage, identity, outbox, thread, settings } = parts;
  const { $contact, $form, $formBlocks } = parts;
  const key = `form/${workspaceId}/visitor`;
  /** Optional questions that were left open: the server does not know. */
  let skipped: readonly string[] = [];
  /** What it was given comes with the next join; null until storage said whether there was one. */
  let isKnown: boolean | null = null;
  let submitted: readonly Pending[] = [];
  const rejects = new Set<(error: CodedError) => void>();

  /** What is still asked of the visitor, the moment aside. */
  function open(): ContactForm | null {
    const form = settings.$settings.get()?.form;
    const contact = $contact.get();
    if (!form || (!contact && isKnown !== false)) return null;
    const waiting = submitted.flatMap(({ asked = [], failed }) => (failed ? [] : asked));
    return openQuestions(form, [...(contact?.given ?? []), ...waiting, ...skipped]);
  }

  function isDue({ when }: ContactForm): boolean {
    const hasConversation = thread.$conversation.get() !== null;
    if (when === 'after') return hasConversation || outbox.$pending.get().some(({ act }) => !act);
    if (hasConversation) return false;
    return when === 'before' || settings.$availability.get()?.mode !== 'live';
  }

  function show(): void {
    const asked = open();
    const due = asked && isDue(asked) ? asked : null;
    // Each join brings the same settings again: nothing is to move under somebody who writes.
    if (JSON.stringify(due) !== JSON.stringify($form.get())) $form.set(due);
    $formBlocks.set(due !== null && due.when !== 'after' && hasRequired(due));
  }

  /** All tabs hear of what was submitted in one of them. */
  function heard(pending: readonly Pending[]): void {
    const before = submitted;
    submitted = pending.filter(({ act }) => act === events.formSubmit);
    for (const entry of before) {
      if (!entry.failed && !submitted.some((each) => each.key === entry.key)) stored(entry);
    }
    show();
  }

  function stored({ asked = [], answers }: Pending): void {
    const names = new Set([...skipped, ...asked.filter((name) => !isAnswered(name, answers))]);
    if (names.size > skipped.length) {
      skipped = [...names];
      storage.set(key, skipped).catch(() => undefined);
    }
    // What was refused because answers were missing can go now.
    for (const message of outbox.$pending.get()) {
      if (message.failed?.code === 'form_required') outbox.retry(message.key);
    }
  }

  const stops = [
    settings.$settings.listen(show),
    settings.$availability.listen(show),
    $contact.listen(show),
    thread.$conversation.listen(show),
    outbox.$pending.listen(heard),
  ];
  heard(outbox.$pending.get());
  void Promise.all([identity.recall(), storage.get(key).catch(() => null)]).then(
    ([token, names]) => {
      isKnown ??= Boolean(token);
      if (Array.isArray(names)) skipped = [...new Set([...(names as string[]), ...skipped])];
      show();
    },
  );

  return {
    submit(answers) {
      const { fields = [], consents = [] } = open() ?? {};
      const given = withoutBlanks(answers);
      const optional = [
        ...fields.flatMap(({ key: name, required }) => (required ? [] : [name])),
        ...consents.flatMap(({ name, required }) => (required ? [] : [name])),
      ];
      const asked = [...optional, ...Object.keys(given.values), ...Object.keys(given.consents)];
      const entry = parts.write({
        act: events.formSubmit,
        answers: given,
        asked: [...new Set(asked)],
      });
      return new Promise((resolve, reject) => {
        const settle = (act: () => void): void => {
          unlisten();
          rejects.delete(fail);
          act();
        };
        const fail = (error: CodedError): void => settle(() => reject(error));
        const unlisten = outbox.$pending.subscribe((pending) => {
          const mine = pending.find((each) => each.key === entry);
          if (mine?.failed) fail(new CodedError(mine.failed.code, mine.failed));
          else if (!mine && rejects.has(fail)) settle(resolve);
        });
        rejects.add(fail);
        stops.push(unlisten);
      });
    },
    forget() {
      skipped = [];
      submitted = [];
      isKnown = false;
      for (const reject of [...rejects]) reject(new CodedError('token_invalid'));
      show();
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** Blank answers are none. */
function withoutBlanks({ values, consents }: FormAnswers): FormAnswers {
  const given = Object.entries(values).filter(([, value]) => value.trim() !== '');
  return { values: Object.fromEntries(given), consents };
}

function isAnswered(name: string, answers: FormAnswers | undefined): boolean {
  return Object.hasOwn({ ...answers?.values, ...answers?.consents }, name);
}

function hasRequired(form: ContactForm): boolean {
  return missingAnswers(form, { values: {}, consents: {} }).length > 0;
}
