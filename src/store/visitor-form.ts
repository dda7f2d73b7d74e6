import {
  missingAnswers,
  openQuestions,
  type ContactForm,
  type FormAnswers,
} from '../domain/index.js';
import { CodedError } from '../protocol/index.js';
import type { Pending } from './outbox.js';
import type { VisitorParts } from './visitor-acts.js';

/** What a workspace asks its visitor in the conversation (S5.7). */
export interface VisitorForm {
  /** Resolves when the server has the answers. */
  submit(answers: FormAnswers): Promise<void>;
  /** Nothing was asked. */
  forget(): void;
  stop(): void;
}

export function createVisitorForm(parts: VisitorParts): VisitorForm {
  const { workspaceId, storage, outbox, thread, settings, $contact, $form, $formBlocks } = parts;
  const key = `form/${workspaceId}/visitor`;
  /** Optional questions that were left open: the server does not know. */
  let skipped: readonly string[] = [];

  /** What is still asked of the visitor, the moment aside. */
  function open(): ContactForm | null {
    const form = settings.$settings.get()?.form;
    if (!form) return null;
    const given = [...($contact.get()?.given ?? []), ...waiting(outbox.$pending.get()), ...skipped];
    return openQuestions(form, given);
  }

  function isDue({ when }: ContactForm): boolean {
    if (when === 'after') return thread.$conversation.get() !== null || isWritten();
    if (thread.$conversation.get()) return false;
    return when === 'before' || settings.$availability.get()?.mode !== 'live';
  }

  function isWritten(): boolean {
    return outbox.$pending.get().some(({ act }) => !act);
  }

  function show(): void {
    const asked = open();
    const due = asked && isDue(asked) ? asked : null;
    if (JSON.stringify(due) !== JSON.stringify($form.get())) $form.set(due);
    $formBlocks.set(due !== null && due.when !== 'after' && hasRequired(due));
  }

  function heard(pending: readonly Pending[]): void {
    // Other tabs hear of what was asked and left open as well.
    for (const { act, asked, answers } of pending) {
      if (act === 'form') skip((asked ?? []).filter((name) => !isAnswered(name, answers)));
    }
    show();
  }

  function skip(names: readonly string[]): void {
    const next = names.filter((name) => !skipped.includes(name));
    if (next.length === 0) return;
    skipped = [...skipped, ...next];
    storage.set(key, skipped).catch(() => undefined);
  }

  /** Messages that were refused because answers were missing can go now. */
  function retryMessages(): void {
    for (const { key, failed } of outbox.$pending.get()) {
      if (failed?.code === 'form_required') outbox.retry(key);
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
  void storage.get(key).then(
    (stored) => {
      if (!Array.isArray(stored)) return;
      skipped = [...new Set([...(stored as string[]), ...skipped])];
      show();
    },
    () => undefined,
  );

  return {
    submit(answers) {
      const form = open();
      const asked = [
        ...(form?.fields ?? []).filter(({ required }) => !required).map(({ key: name }) => name),
        ...(form?.consents ?? []).filter(({ required }) => !required).map(({ name }) => name),
      ];
      const entry = parts.write({ act: 'form', answers: given(answers), asked });
      return new Promise((resolve, reject) => {
        const look = (pending: readonly Pending[]): void => {
          const mine = pending.find((each) => each.key === entry);
          if (mine && !mine.failed) return;
          unlisten();
          stops.splice(stops.indexOf(unlisten), 1);
          if (mine?.failed) return reject(new CodedError(mine.failed.code, mine.failed));
          retryMessages();
          resolve();
        };
        const unlisten = outbox.$pending.listen(look);
        stops.push(unlisten);
        look(outbox.$pending.get());
      });
    },
    forget() {
      skipped = [];
      show();
    },
    stop() {
      for (const stop of [...stops]) stop();
    },
  };
}

/** Blank answers are none. */
function given({ values, consents }: FormAnswers): FormAnswers {
  return {
    values: Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])),
    ),
    consents,
  };
}

function isAnswered(name: string, answers: FormAnswers | undefined): boolean {
  return Object.hasOwn(answers?.values ?? {}, name) || Object.hasOwn(answers?.consents ?? {}, name);
}

/** Names of what waits to be sent. */
function waiting(pending: readonly Pending[]): string[] {
  return pending.flatMap(({ act, answers, failed }) =>
    act === 'form' && answers && !failed
      ? [...Object.keys(answers.values), ...Object.keys(answers.consents)]
      : [],
  );
}

function hasRequired(form: ContactForm): boolean {
  return missingAnswers(form, { values: {}, consents: {} }).length > 0;
}
