import { isKept, keep } from './open-state.js';

/** Whether it is silent: as the visitor chose, else as the page or the workspace wants it. */
export class Sound {
  readonly #scope: () => string | null;
  readonly #wanted: () => boolean;
  /** Undefined until it was looked for, null where nothing was chosen. */
  #chosen: boolean | null | undefined;

  /** Without a scope the choice is not kept. */
  constructor(scope: () => string | null, wanted: () => boolean) {
    this.#scope = scope;
    this.#wanted = wanted;
  }

  get silent(): boolean {
    const scope = this.#scope();
    this.#chosen ??= scope !== null && isKept('quiet', scope) ? true : null;
    return this.#chosen ?? !this.#wanted();
  }

  set silent(silent: boolean) {
    this.#chosen = silent;
    const scope = this.#scope();
    if (scope !== null) keep('quiet', scope, silent);
  }
}
