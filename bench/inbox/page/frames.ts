/** A pixel that changes: without a change to show, the next frame comes after 16 ms only. */
const pulse = document.createElement('i');
pulse.style.cssText =
  'position: fixed; right: 0; bottom: 0; width: 1px; height: 1px; contain: strict';

/** Resolves after the next frame was painted, with what `look` saw in it. */
function frame<Seen>(look: () => Seen): Promise<Seen> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const seen = look();
      if (!pulse.isConnected) document.body.append(pulse);
      pulse.style.backgroundColor = pulse.style.backgroundColor === 'black' ? 'white' : 'black';
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => resolve(seen);
      port1.postMessage(null);
    });
  });
}

const patienceMs = 60_000;

/** ms from the start of `act` until a frame was painted in which `isDone` held; Infinity if never. */
export async function untilPainted(act: () => void, isDone: () => boolean): Promise<number> {
  const started = performance.now();
  act();
  while (!(await frame(isDone))) {
    if (performance.now() - started > patienceMs) return Infinity;
  }
  return performance.now() - started;
}

/** Until nothing moves any more. */
export async function settled(ms = 100): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) await frame(() => undefined);
}
