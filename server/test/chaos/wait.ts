import { setTimeout as pause } from 'node:timers/promises';

/** Whether the condition came true in time. It is looked at every so many ms. */
export async function comesTrue(
  condition: () => boolean,
  limitMs: number,
  stepMs = 20,
): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > end) return false;
    await pause(stepMs);
  }
  return true;
}
