import type { PropertyValues } from 'lit';
import type { Selection } from '../../context/index.js';
import { viewNames, type ViewName } from '../../domain/index.js';
import type { AgentController } from './agent-controller.js';
import { warnOnce } from './warn-once.js';

interface Host {
  view: ViewName | undefined;
}

/** A property `view`: a host sets it, and it tells which view is shown. */
export class HostView {
  readonly #host: Host;
  readonly #agent: AgentController;
  #asked: ViewName | undefined;
  #selection: Selection | undefined;

  constructor(host: Host, agent: AgentController) {
    this.#host = host;
    this.#agent = agent;
  }

  /** In `willUpdate`. What was asked before a provider came is asked of the provider. */
  follow(changed: PropertyValues<Host>): void {
    const { selection } = this.#agent;
    const isAsked = changed.has('view');
    if (isAsked) this.#asked = known(this.#host.view);
    const isNew = isAsked || selection !== this.#selection;
    this.#selection = selection;
    if (isNew && this.#asked && this.#asked !== selection.$view.get().name) {
      selection.showView({ name: this.#asked });
    }
    this.#host.view = selection.$view.get().name;
  }
}

function known(view: ViewName | null | undefined): ViewName | undefined {
  const found = viewNames.find((name) => name === view);
  if (view && !found) warnOnce('invalid_view', view, `Give ${viewNames.join(', ')}.`);
  return found;
}
