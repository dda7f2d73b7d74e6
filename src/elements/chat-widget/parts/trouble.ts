import { css, html, nothing, type TemplateResult } from 'lit';
import { Localize, refusalText, type TimesStrings } from '../../../i18n/index.js';
import { timesEnglish } from '../../../i18n/locales/en-times.js';
import type { ShownError, ThreadItem } from '../../../store/thread-item.js';
import { color, space, type } from '../../../tokens/index.js';
import { warningIcon } from '../../shared/chat-icons.js';
import type { WidgetView } from '../panel.js';
import type { Scene } from '../scene.js';

export const styles = css`
  .failure {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 2px ${space[3]};
    margin-block: 2px ${space[1]};
    color: ${color.danger};
  }

  .ways {
    display: flex;
    gap: ${space[3]};
  }

  .notice h3 {
    max-inline-size: 30ch;
    margin: 0;
    color: ${color.ink};
    font-size: ${type.title};
    font-weight: ${type.semibold};
    letter-spacing: ${type.tightTracking};
  }
`;

export const create = (scene: Scene): Trouble => new Trouble(scene);

/** What is shown where something went wrong. */
class Trouble {
  readonly #scene: Scene;
  readonly #localize: Localize<TimesStrings>;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#localize = new Localize<TimesStrings>(scene.host, timesEnglish);
  }

  readonly #onRetry = (event: Event): void => this.#scene.client()?.retry(keyOf(event));

  readonly #onDiscard = (event: Event): void => this.#scene.client()?.discard(keyOf(event));

  /** The chat cannot work at all here: says why, and offers to try again. */
  renderFault(view: WidgetView): TemplateResult {
    return html`<div part="fault" class="fault notice" role="alert">
      ${warningIcon()}
      <h3>${this.#localize.term('chat.fault')}</h3>
      ${renderReason(view, view.stores.fault.value)}
    </div>`;
  }

  /** The messages cannot be loaded. */
  renderError(view: WidgetView): TemplateResult {
    return html`<div part="error" class="notice">
      ${warningIcon()} ${renderReason(view, view.stores.thread.value?.error)}
    </div>`;
  }

  /** A message was not sent. */
  renderFailure({ key, error }: ThreadItem): TemplateResult {
    const localizer = this.#localize.now;
    return html`<p part="failure" class="meta failure">
      <span>
        ${localizer.term('state.failed')}${error ? html` · ${refusalText(localizer, error)}` : nothing}
      </span>
      <span class="ways">
        <button class="inline-button" type="button" data-key=${key} @click=${this.#onRetry}>
          ${localizer.term('retry')}
        </button>
        <button class="inline-button" type="button" data-key=${key} @click=${this.#onDiscard}>
          ${localizer.term('discard')}
        </button>
      </span>
    </p>`;
  }
}

/** The buttons of all messages act on the one named in their `data-key`. */
const keyOf = (event: Event): string => (event.currentTarget as HTMLElement).dataset['key'] ?? '';

function renderReason(
  { localizer, onStart }: WidgetView,
  error: ShownError | null | undefined,
): TemplateResult {
  return html`<p>${error ? refusalText(localizer, error) : nothing}</p>
    <button class="button" type="button" @click=${onStart}>
      ${localizer.term('chat.connectNow')}
    </button>`;
}
