import { css, html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { Localize, en, type Strings } from '../../../i18n/index.js';
import '../../conv-emoji-picker/conv-emoji-picker.js';
import type { EmojiChosen } from '../../conv-emoji-picker/conv-emoji-picker.js';
import type { EmojiKeep } from '../../conv-emoji-picker/emoji-memory.js';
import { PopoverController } from '../../shared/popover-controller.js';
import { popoverStyles } from '../../shared/popover.styles.js';
import type { Scene } from '../scene.js';

export const styles = css`
  ${popoverStyles}

  .popover.emojis {
    inline-size: min(340px, 100vw - 12px);
  }
`;

export const create = (scene: Scene): Emoji => new Emoji(scene);

/** Emoji for the visitor's message (S5.4). */
export class Emoji implements ReactiveController {
  open = false;
  readonly #scene: Scene;
  readonly #localize: Localize<Strings>;

  constructor(scene: Scene) {
    const { host, panel } = scene;
    this.#scene = scene;
    this.#localize = new Localize<Strings>(host, en);
    host.addController(this);
    new PopoverController(host, {
      popover: () => panel()?.querySelector('.emojis') ?? null,
      anchor: () => this.#button,
      onDismissed: () => this.#show(false),
    });
  }

  hostDisconnected(): void {
    this.open = false;
  }

  get #button(): HTMLElement | null {
    return this.#scene.panel()?.querySelector<HTMLElement>('.icon-button.emoji') ?? null;
  }

  toggle(): void {
    this.#show(!this.open);
    if (this.open) void this.#focusPicker();
  }

  #show(open: boolean): void {
    this.open = open;
    this.#scene.host.requestUpdate();
  }

  async #focusPicker(): Promise<void> {
    await this.#scene.host.updateComplete;
    const picker = this.#scene.panel()?.querySelector('conv-emoji-picker');
    await picker?.updateComplete;
    picker?.focus();
  }

  /** Where the visitor's own things are kept, once there are any: a logout takes it along. */
  readonly #keep = (): EmojiKeep | null => {
    const { client, host } = this.#scene;
    if (host.storage === 'memory' || !client()?.$contact.get()) return null;
    const area = host.storage === 'local' ? localStorage : sessionStorage;
    return { area, key: `convkit/emoji/${host.workspace}/visitor` };
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    this.#show(false);
    this.#button?.focus();
  };

  readonly #onChosen = (event: CustomEvent<EmojiChosen>): void => {
    event.stopPropagation();
    const field = this.#scene.panel()?.querySelector<HTMLTextAreaElement>('.field');
    this.#show(false);
    if (!field) return;
    field.setRangeText(event.detail.emoji, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.focus({ preventScroll: true });
  };

  render(): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    return html`<div
      class="popover emojis"
      popover="manual"
      role="dialog"
      aria-label=${this.#localize.term('chat.emoji')}
      @keydown=${this.#onKeydown}
      @conv-emoji-chosen=${this.#onChosen}
    >
      <conv-emoji-picker .keep=${this.#keep}></conv-emoji-picker>
    </div>`;
  }
}
