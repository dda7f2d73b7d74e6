/** What an application may answer at once or later; at once costs no turn of the event loop. */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Any thenable is one, as `await` has it. */
export function isPromise<Value>(value: MaybePromise<Value>): value is Promise<Value> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** `next` of the value: now, or when it is there. */
export function following<Value, Result>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> {
  return isPromise(value) ? value.then(next) : next(value);
}

/** One act after the other. */
export function inTurn(acts: readonly (() => void | Promise<void>)[]): void | Promise<void> {
  for (const [index, act] of acts.entries()) {
    const running = act();
    if (isPromise(running)) return running.then(() => inTurn(acts.slice(index + 1)));
  }
}

/** Resolves with `work`, or after `ms` without it. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
