import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import {
  inSomeLanguage,
  isDue,
  type Device,
  type TargetFacts,
  type TargetedMessage,
} from '../../../domain/index.js';
import { Localize, type TargetedStrings } from '../../../i18n/index.js';
import { targetedEnglish } from '../../../i18n/locales/en-targeted.js';
import type { VisitorClient } from '../../../store/visitor-client.js';
import { closeIcon } from '../../shared/icons.js';
import type { Scene } from '../scene.js';
import { onNavigate } from '../navigation.js';
import { TargetMemory } from './target-memory.js';
import { teaserStyles } from './teaser.styles.js';

export const styles = teaserStyles;

export const create = (scene: Scene): Targeting => new Targeting(scene);

/** What the widget does by itself (S5.8), and the message beside its button. */
export class Targeting implements ReactiveController {
  readonly #scene: Scene;
  readonly #localize: Localize<TargetedStrings>;
  #memory: TargetMemory;
  #teaser: string | null = null;
  /** When the present page was come to, in ms of the document's own clock. */
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;
  /** The visitor was somebody. */
  #known = false;
  /** They are nobody any more: what the page agreed to was theirs. */
  #left = false;

  constructor(scene: Scene) {
    const { host } = scene;
    this.#scene = scene;
    this.#localize = new Localize<TargetedStrings>(host, targetedEnglish);
    this.#memory = new TargetMemory(host.workspace, host.storage);
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = onNavigate(() => {
      this.#since = performance.now();
      this.#memory.navigated();
      this.check();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    clearTimeout(this.#timer);
  }

  hostUpdate(): void {
    if (this.#scene.host.open) this.#teaser = null;
  }

  /** Does what is due, and looks again when time alone makes more of it so. */
  check(): void {
    clearTimeout(this.#timer);
    const client = this.#scene.client();
    const settings = client?.$settings.get();
    const mode = client?.$availability.get()?.mode;
    if (!client || !settings || !mode || mode === 'hidden') return;
    const { tracking, targeted } = settings;
    const contact = client.$contact.get();
    if (this.#known && !contact) this.forget();
    this.#known = contact !== null;
    const agreed = !this.#left && (this.#scene.host.consent || tracking === 'always');
    this.#memory.keeps = (agreed || contact !== null) && tracking !== 'none';
    const facts = this.#facts(client, mode === 'live');
    for (const target of targeted) {
      if (!isDue(target, facts) || this.#memory.isShown(target)) continue;
      this.#memory.shown(target.id);
      this.#act(target, client);
    }
    const waits = targeted
      .flatMap(({ conditions }) => conditions)
      .flatMap((one) => (one.type === 'time-on-page' ? [one.seconds - facts.secondsOnPage] : []))
      .filter((seconds) => seconds > 0);
    if (waits.length === 0) return;
    this.#timer = setTimeout(() => this.check(), Math.min(...waits) * 1_000 + 20);
  }

  /** A message of the team that nobody wrote, beside the button while the panel is closed. */
  show(text: string, targetedId?: string): void {
    const { host } = this.#scene;
    this.#scene.client()?.show(text, targetedId);
    const { term } = this.#localize;
    this.#scene.announce(term('chat.announcement', term('chat.team'), text));
    if (!host.open) this.#teaser = text;
    host.requestUpdate();
  }

  /** The visitor is nobody any more. */
  forget(): void {
    this.#left = true;
    this.#memory.forget();
    this.#onDismiss();
  }

  #act({ id, action }: TargetedMessage, client: VisitorClient): void {
    if (action.type === 'open') this.#scene.openCalmly();
    else if (action.type === 'message') {
      this.show(inSomeLanguage(action.texts, this.#localize.now.locale), id);
    } else if (client.$group.get() === undefined) client.chooseGroup(action.groupId);
  }

  #facts(client: VisitorClient, available: boolean): TargetFacts {
    const { pages, previous, referrer } = this.#memory.visit;
    return {
      available,
      url: location.href,
      previousPage: previous,
      referrer,
      secondsOnPage: (performance.now() - this.#since) / 1_000,
      pagesSeen: pages,
      visits: this.#memory.visits,
      country: client.$country.get(),
      device: deviceOf(),
      language: this.#localize.now.locale,
    };
  }

  readonly #onOpen = (): void => {
    this.#scene.host.open = true;
  };

  readonly #onDismiss = (): void => {
    this.#teaser = null;
    this.#scene.host.requestUpdate();
  };

  render(): TemplateResult | typeof nothing {
    if (!this.#teaser) return nothing;
    const { term } = this.#localize;
    return html`<div part="teaser" class="teaser" role="group" aria-label=${term('targeted.label')}>
      <button class="teaser-text" type="button" @click=${this.#onOpen}>
        <bdi>${this.#teaser}</bdi>
      </button>
      <button
        class="icon-button dismiss"
        type="button"
        aria-label=${term('targeted.dismiss')}
        @click=${this.#onDismiss}
      >
        ${closeIcon()}
      </button>
    </div>`;
  }
}

function deviceOf(): Device {
  if (!matchMedia('(pointer: coarse)').matches) return 'desktop';
  return Math.min(screen.width, screen.height) < 600 ? 'phone' : 'tablet';
}
