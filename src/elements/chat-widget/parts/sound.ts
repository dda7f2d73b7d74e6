import { ring } from '../../shared/ring.js';
import { isKept, keep } from '../open-state.js';
import type { Scene } from '../scene.js';

/** What the visitor chose on this page. */
const chosen = new WeakMap<Scene['host'], boolean>();

/** Whether it is silent: as the visitor chose, else as the page or the workspace wants it. */
export function isSilent({ host, scope, client }: Scene): boolean {
  const kept = scope();
  return (
    chosen.get(host) ??
    ((kept !== null && isKept('quiet', kept)) ||
      host.muted ||
      client()?.$settings.get()?.look.sound === false)
  );
}

/** Without a scope the choice is not kept. */
export function setSilent({ host, scope }: Scene, silent: boolean): void {
  const kept = scope();
  chosen.set(host, silent);
  if (kept !== null) keep('quiet', kept, silent);
}

/** Sounds unless no sound is wanted. */
export const create = (scene: Scene): (() => void) => {
  return () => {
    if (!isSilent(scene)) ring();
  };
};
