import { html, nothing, type TemplateResult } from 'lit';
import { StoreController } from '../../../context/index.js';
import type { VisitorConversation, WidgetSettings } from '../../../domain/index.js';
import { Localize, type MenuStrings } from '../../../i18n/index.js';
import { menuEnglish } from '../../../i18n/locales/en-menu.js';
import { DialogController } from '../../shared/dialog-controller.js';
import { MenuController } from '../../shared/menu-controller.js';
import type { Scene } from '../scene.js';
import { menuPartStyles } from './menu.styles.js';
import { isSilent, setSilent } from './sound.js';

export const styles = menuPartStyles;

export const create = (scene: Scene): Menu => new Menu(scene);

/** The menu of the panel: rate, choose a group, sound, begin anew. */
export class Menu {
  readonly #scene: Scene;
  readonly #localize: Localize<MenuStrings>;
  readonly #conversation: StoreController<VisitorConversation | null>;
  readonly #settings: StoreController<WidgetSettings | null>;
  readonly #menu: MenuController;
  readonly #dialog: DialogController;

  constructor(scene: Scene) {
    const { host, client, panel } = scene;
    this.#scene = scene;
    this.#localize = new Localize<MenuStrings>(host, menuEnglish);
    this.#conversation = new StoreController(host, () => client()?.$conversation);
    this.#settings = new StoreController(host, () => client()?.$settings);
    this.#menu = new MenuController(host, {
      trigger: () => panel()?.querySelector('.menu-button') ?? null,
      menu: () => panel()?.querySelector('.menu') ?? null,
    });
    this.#dialog = new DialogController(host, 'ask', { first: '.button' });
  }

  get open(): boolean {
    return this.#menu.open;
  }

  toggle(): void {
    this.#menu.onTriggerClick();
  }

  readonly #onMenuKeydown = (event: KeyboardEvent): void => this.#menu.onMenuKeydown(event);

  readonly #onRate = (): void => {
    this.#menu.hide();
    void this.#scene.rate();
  };

  readonly #onChoose = (): void => {
    this.#menu.hide();
    void this.#scene.chooseGroup();
  };

  readonly #onSound = (): void => {
    this.#menu.hide({ refocus: true });
    setSilent(this.#scene, !isSilent(this.#scene));
    this.#scene.host.requestUpdate();
  };

  readonly #onRestart = (): void => {
    this.#menu.hide({ refocus: true });
    void this.#dialog.show().then(() => this.#place());
  };

  readonly #onYes = (): void => {
    this.#dialog.hide();
    void this.#scene.restart().then(this.#scene.focusField);
  };

  /** Escape is for the question alone. */
  readonly #onKeydown = (event: KeyboardEvent): void => event.stopPropagation();

  /** Over the panel that it is about, wherever that stands. */
  #place(): void {
    const panel = this.#scene.panel();
    const dialog = panel?.querySelector('dialog');
    if (!panel || !dialog) return;
    const { left, top, width, height } = panel.getBoundingClientRect();
    dialog.style.left = `${left + (width - dialog.offsetWidth) / 2}px`;
    dialog.style.top = `${top + Math.max((height - dialog.offsetHeight) / 2, 8)}px`;
  }

  render(): TemplateResult {
    return html`${this.#menu.open ? this.#renderMenu() : nothing}${
      this.#dialog.open ? this.#renderQuestion() : nothing
    }`;
  }

  #renderMenu(): TemplateResult {
    const { term } = this.#localize;
    const settings = this.#settings.value;
    const begun = this.#conversation.value !== null;
    return html`<div
      class="menu"
      role="menu"
      aria-label=${term('chat.menu')}
      @keydown=${this.#onMenuKeydown}
    >
      ${begun && settings?.askRating ? item(term('menu.rate'), this.#onRate) : nothing}
      ${settings?.groups.length ? item(term('menu.group'), this.#onChoose) : nothing}
      ${item(term(isSilent(this.#scene) ? 'menu.soundOn' : 'menu.soundOff'), this.#onSound)}
      ${begun ? item(term('menu.restart'), this.#onRestart) : nothing}
    </div>`;
  }

  #renderQuestion(): TemplateResult {
    const { term } = this.#localize;
    const dialog = this.#dialog;
    return html`<dialog
      class="ask"
      role="alertdialog"
      aria-labelledby="restart-title"
      aria-describedby="restart-text"
      @cancel=${dialog.onCancel}
      @close=${dialog.onClose}
      @pointerdown=${dialog.onPointerdown}
      @keydown=${this.#onKeydown}
    >
      <h3 id="restart-title">${term('menu.restart.ask')}</h3>
      <p id="restart-text">${term('menu.restart.text')}</p>
      <div class="acts">
        <button class="button" type="button" @click=${dialog.onHide}>
          ${term('menu.restart.cancel')}
        </button>
        <button class="button primary" type="button" @click=${this.#onYes}>
          ${term('menu.restart.now')}
        </button>
      </div>
    </dialog>`;
  }
}

function item(text: string, onClick: () => void): TemplateResult {
  return html`<button type="button" role="menuitem" tabindex="-1" @click=${onClick}>
    ${text}
  </button>`;
}
