import { html, nothing, svg, type TemplateResult } from 'lit';
import { StoreController } from '../../../context/index.js';
import type {
  Rating as Given,
  VisitorConversation,
  WidgetSettings,
} from '../../../domain/index.js';
import { Localize, refusalText, type RatingStrings } from '../../../i18n/index.js';
import { ratingEnglish } from '../../../i18n/locales/en-rating.js';
import { limits } from '../../../protocol/index.js';
import type { ShownError } from '../../../store/thread-item.js';
import { icon } from '../../shared/chat-icons.js';
import { emit } from '../events.js';
import { shownRefusal } from '../refusal.js';
import type { Scene } from '../scene.js';
import { ratingStyles } from './rating.styles.js';

export const styles = ratingStyles;

export const create = (scene: Scene): Rating => new Rating(scene);

const scores = [1, 2, 3, 4, 5] as const;
type Score = (typeof scores)[number];
/** Mouths of the faces, by score. */
const mouths: Readonly<Record<Score, string>> = {
  1: 'M17 18s-1.5-4-5-4-5 4-5 4',
  2: 'M16 16s-1.5-2-4-2-4 2-4 2',
  3: 'M8 15h8',
  4: 'M8 14s1.5 2 4 2 4-2 4-2',
  5: 'M18 13a6 6 0 0 1-12 0Z',
};

const face = (score: Score): TemplateResult =>
  icon(
    svg`<circle cx="12" cy="12" r="10"/><path d="M9 9h.01M15 9h.01"/><path d=${mouths[score]} />`,
  );

/** What the visitor thinks of the conversation: asked when it is closed, and from the menu (S5.5). */
export class Rating {
  readonly #scene: Scene;
  readonly #localize: Localize<RatingStrings>;
  readonly #conversation: StoreController<VisitorConversation | null>;
  readonly #settings: StoreController<WidgetSettings | null>;
  #score: number | null = null;
  #comment = '';
  /** Asked for from the menu, or to be changed. */
  #asked = false;
  #busy = false;
  #refused: ShownError | null = null;
  #conversationId: string | null = null;

  constructor(scene: Scene) {
    const { host, client } = scene;
    this.#scene = scene;
    this.#localize = new Localize<RatingStrings>(host, ratingEnglish);
    this.#conversation = new StoreController(host, () => client()?.$conversation);
    this.#settings = new StoreController(host, () => client()?.$settings);
  }

  /** Asks now, with the focus on the scores; what was given before is chosen. */
  async ask(): Promise<void> {
    const { host } = this.#scene;
    const given = this.#conversation.value?.rating;
    this.#asked = true;
    this.#score = given?.score ?? this.#score;
    this.#comment = given?.comment ?? this.#comment;
    host.requestUpdate();
    await host.updateComplete;
    const card = this.#scene.panel()?.querySelector<HTMLElement>('.rating');
    card?.scrollIntoView({ block: 'nearest' });
    (card?.querySelector<HTMLElement>(':checked') ?? card?.querySelector('input'))?.focus();
  }

  readonly #onAsk = (): void => void this.ask();

  readonly #onCancel = (): void => {
    this.#asked = false;
    this.#refused = null;
    this.#scene.host.requestUpdate();
    this.#scene.focusField();
  };

  readonly #onScore = (event: Event): void => {
    this.#score = Number((event.currentTarget as HTMLInputElement).value);
    this.#scene.host.requestUpdate();
  };

  readonly #onComment = (event: Event): void => {
    this.#comment = (event.currentTarget as HTMLTextAreaElement).value;
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#submit();
  };

  async #submit(): Promise<void> {
    const { host } = this.#scene;
    const client = this.#scene.client();
    const score = this.#score;
    if (score === null || this.#busy || !client) return;
    const comment = this.#comment.trim() || null;
    this.#busy = true;
    this.#refused = null;
    host.requestUpdate();
    try {
      await client.rate(score, comment);
      this.#asked = false;
      this.#scene.announce(this.#localize.term('rating.thanks'));
      emit(host, 'chat-rated', { score, comment });
    } catch (cause) {
      this.#refused = shownRefusal(cause);
    }
    this.#busy = false;
    host.requestUpdate();
    await host.updateComplete;
    if (!this.#refused) this.#scene.focusField();
  }

  render(): TemplateResult | typeof nothing {
    const conversation = this.#conversation.value;
    if (conversation?.id !== this.#conversationId) this.#forget(conversation?.id ?? null);
    const settings = this.#settings.value;
    if (!conversation || !settings?.askRating) return nothing;
    const given = conversation.rating;
    if (this.#asked || (conversation.state === 'closed' && !given)) return this.#renderCard();
    return given ? this.#renderGiven(given) : nothing;
  }

  /** Another conversation has a rating of its own. */
  #forget(conversationId: string | null): void {
    this.#conversationId = conversationId;
    this.#score = null;
    this.#comment = '';
    this.#asked = false;
    this.#refused = null;
  }

  #renderGiven({ score }: Given): TemplateResult {
    const { term } = this.#localize;
    return html`<p class="noted">
      <span>${term('rating.given', term(`rating.${score as Score}`))}</span>
      <button class="inline-button" type="button" @click=${this.#onAsk}>
        ${term('rating.change')}
      </button>
    </p>`;
  }

  #renderCard(): TemplateResult {
    const { now, term } = this.#localize;
    const busy = this.#busy;
    return html`<form
      part="card"
      class="card rating"
      aria-label=${term('rating.label')}
      @submit=${this.#onSubmit}
    >
      <fieldset ?disabled=${busy}>
        <legend>
          <bdi>${this.#scene.own('ratingQuestion') ?? term('rating.question')}</bdi>
        </legend>
        <div class="scores">
          ${scores.map(
            (score) =>
              html`<label class="score" title=${term(`rating.${score}`)}>
                <input
                  type="radio"
                  name="score"
                  value=${score}
                  aria-label=${term(`rating.${score}`)}
                  .checked=${score === this.#score}
                  @change=${this.#onScore}
                />
                ${face(score)}
              </label>`,
          )}
        </div>
        ${
          this.#score === null
            ? nothing
            : html`<p class="named" aria-hidden="true">${term(`rating.${this.#score as Score}`)}</p>
                <label class="question">
                  <span>${term('rating.comment')}</span>
                  <textarea
                    rows="2"
                    dir="auto"
                    maxlength=${limits.ratingCommentLength}
                    placeholder=${term('rating.commentHint')}
                    .value=${this.#comment}
                    @input=${this.#onComment}
                  ></textarea>
                </label>`
        }
      </fieldset>
      ${this.#refused ? html`<p class="wrong" role="alert">${refusalText(now, this.#refused)}</p>` : nothing}
      ${
        this.#score === null && !this.#asked
          ? nothing
          : html`<div class="acts">
              ${
                this.#asked
                  ? html`<button class="button" type="button" @click=${this.#onCancel}>
                      ${term('rating.cancel')}
                    </button>`
                  : nothing
              }
              <button
                class="button primary"
                type="submit"
                ?disabled=${busy || this.#score === null}
              >
                ${term(busy ? 'rating.sending' : 'rating.send')}
              </button>
            </div>`
      }
    </form>`;
  }
}
