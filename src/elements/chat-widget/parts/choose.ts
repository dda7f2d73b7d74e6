import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StoreController } from '../../../context/index.js';
import {
  inLanguage,
  type PublicGroup,
  type VisitorConversation,
  type WidgetSettings,
} from '../../../domain/index.js';
import { Localize, type ChooseStrings } from '../../../i18n/index.js';
import { chooseEnglish } from '../../../i18n/locales/en-choose.js';
import { emit } from '../events.js';
import type { Scene } from '../scene.js';
import { chooseStyles } from './choose.styles.js';

export const styles = chooseStyles;

export const create = (scene: Scene): Choose => new Choose(scene);

/** Whom the visitor wants to talk to, where the workspace asks (S5.6). */
export class Choose {
  readonly #scene: Scene;
  readonly #localize: Localize<ChooseStrings>;
  readonly #settings: StoreController<WidgetSettings | null>;
  readonly #conversation: StoreController<VisitorConversation | null>;
  readonly #group: StoreController<string | null | undefined>;
  /** Asked for from the menu, or again. */
  #again = false;

  constructor(scene: Scene) {
    const { host, client } = scene;
    this.#scene = scene;
    this.#localize = new Localize<ChooseStrings>(host, chooseEnglish);
    this.#settings = new StoreController(host, () => client()?.$settings);
    this.#conversation = new StoreController(host, () => client()?.$conversation);
    this.#group = new StoreController(host, () => client()?.$group);
  }

  /** Asks now, with the focus on the first answer. */
  async ask(): Promise<void> {
    this.#again = true;
    this.#scene.host.requestUpdate();
    await this.#scene.host.updateComplete;
    const card = this.#scene.panel()?.querySelector<HTMLElement>('.choose');
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector('button')?.focus();
  }

  readonly #onChange = (): void => void this.ask();

  readonly #onChoose = (event: Event): void => {
    const id = (event.currentTarget as HTMLElement).dataset['group'] ?? null;
    const { host } = this.#scene;
    this.#again = false;
    this.#scene.client()?.chooseGroup(id);
    emit(host, 'chat-group-chosen', { groupId: id });
    host.requestUpdate();
    void host.updateComplete.then(() => {
      this.#scene.announce(this.#told(id));
      this.#scene.focusField();
    });
  };

  #told(id: string | null): string {
    const { term } = this.#localize;
    const group = this.#settings.value?.groups.find((one) => one.id === id);
    return group ? term('choose.chosen', this.#name(group)) : term('choose.chosenNone');
  }

  #name({ name, names }: PublicGroup): string {
    return inLanguage(names, this.#localize.now.locale) ?? name;
  }

  render(): TemplateResult | typeof nothing {
    const groups = this.#settings.value?.groups ?? [];
    const chosen = this.#group.value;
    if (groups.length === 0) return nothing;
    const { term } = this.#localize;
    const begun = this.#conversation.value !== null;
    if (!this.#again && (begun || chosen !== undefined)) {
      if (begun || chosen === undefined) return nothing;
      return html`<p class="noted">
        <bdi>${this.#told(chosen)}</bdi>
        <button class="inline-button" type="button" @click=${this.#onChange}>
          ${term('choose.change')}
        </button>
      </p>`;
    }
    return html`<div part="card" class="card choose" role="group" aria-labelledby="choose-question">
      <h3 id="choose-question">
        <bdi>${this.#scene.own('groupQuestion') ?? term('choose.question')}</bdi>
      </h3>
      ${repeat(
        groups,
        ({ id }) => id,
        (group) =>
          html`<button class="button" type="button" data-group=${group.id} @click=${this.#onChoose}>
            <bdi>${this.#name(group)}</bdi>
          </button>`,
      )}
      <button class="button unsure" type="button" @click=${this.#onChoose}>
        ${term('choose.notSure')}
      </button>
    </div>`;
  }
}
