import {
  defaultLook,
  widgetPositions,
  withLook,
  type WidgetColors,
} from '../../../domain/index.js';
import { applyAccent } from '../../../tokens/accent.js';
import { warnOnce } from '../../shared/warn-once.js';
import { chatTokens, inkOnto } from './colors.js';
import type { WantedLook } from '../wanted-look.js';
import { lookStyles } from './look.styles.js';

export const styles = lookStyles;

export const create = ({ host }: { host: HTMLElement }): Look => new Look(host);

/** Shows what the workspace and the page say of the widget's look, by CSSOM and attributes. */
export class Look {
  readonly #host: HTMLElement;
  #shown = '';
  #set: string[] = [];

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  apply(wanted: WantedLook): void {
    const { layout } = wanted;
    const key = JSON.stringify(wanted);
    if (key === this.#shown) return;
    this.#shown = key;
    const look = withLook(wanted.settings ?? defaultLook, wanted.page);
    const known = widgetPositions.includes(look.position);
    if (!known) {
      warnOnce('bad_position', look.position, `Use one of ${widgetPositions.join(', ')}.`);
    }
    const floating = layout === 'floating';
    this.#mark('place', floating ? (known ? look.position : defaultLook.position) : undefined);
    this.#mark('style', floating && look.buttonStyle === 'tab' ? 'tab' : undefined);
    this.#mark('bubble', look.colors.agentBubbleBg ? '' : undefined);
    for (const name of this.#set.splice(0)) this.#host.style.removeProperty(name);
    this.#color(look.colors, wanted.accent);
    this.#size('--_look-size', look.buttonSize, defaultLook.buttonSize);
    this.#size('--_look-width', look.chatWidth, defaultLook.chatWidth);
    this.#size('--_look-height', look.chatHeight, defaultLook.chatHeight);
  }

  #mark(name: string, value: string | undefined): void {
    if (value === undefined) Reflect.deleteProperty(this.#host.dataset, name);
    else this.#host.dataset[name] = value;
  }

  #size(name: string, px: number, usual: number): void {
    if (px !== usual && px > 0) this.#put(name, `${px}px`);
  }

  #color(colors: WidgetColors, accent: string | null): void {
    const { buttonBg, buttonText } = colors;
    applyAccent(this.#host, accent ?? buttonBg);
    for (const [name, value] of Object.entries(chatTokens(colors, accent ?? buttonBg))) {
      this.#put(name, value);
    }
    if (buttonBg) this.#put('--_button', buttonBg);
    if (buttonBg ?? buttonText) {
      const ink = inkOnto(buttonBg ?? '#0b6670', buttonText);
      if (ink) this.#put('--_button-ink', ink);
    }
  }

  #put(name: string, value: string): void {
    this.#host.style.setProperty(name, value);
    this.#set.push(name);
  }
}
