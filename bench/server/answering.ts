/** Questions by name; the answer of each is sent back to the process that asked. */
export type Answers = Readonly<Record<string, (argument: never) => unknown>>;

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type Answer = { readonly id: number } & (
  { readonly value: unknown } | { readonly failed: string }
);

/** Makes this child process answer its parent until that goes away. */
export function answerParent(answers: Answers): void {
  process.on('message', (question: Question) => void answer(answers, question));
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

async function answer(answers: Answers, { id, name, argument }: Question): Promise<void> {
  let reply: Answer;
  try {
    const respond = answers[name];
    if (!respond) throw new Error(`This process answers no ${name}.`);
    reply = { id, value: (await respond(argument as never)) ?? null };
  } catch (error) {
    reply = { id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(reply);
}
