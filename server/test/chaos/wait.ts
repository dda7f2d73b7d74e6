import { setTimeout as pause } from 'node:timers/promises';

const stepMs = 10;

/** Whether the condition came true in time. */
export async function comesTrue(condition: () => boolean, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > end) return false;
    await pause(stepMs);
  }
  return true;
}

export const never = new Promise<never>(() => undefined);
