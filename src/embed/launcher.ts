import type { WidgetColors, WidgetLook } from '../domain/index.js';
import { launcherCss } from './launcher.css.js';

export type LauncherLook = Pick<WidgetLook, 'buttonStyle' | 'position' | 'buttonSize'> & {
  colors: Partial<WidgetColors>;
};

/** Of Lucide (ISC licence), as those in `elements/shared/chat-icons.ts`. */
const chat = 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z';
const chevron = 'm6 9 6 6 6-6';
/** Black or white, whichever reads better: half way between them lies a contrast of 4.6 with both. */
const inkOnOwn = 'lab(from var(--_bg) calc((49.4 - l)*999) 0 0)';
const element = document.createElement.bind(document);
const drawing = (name: string): Element =>
  document.createElementNS('http://www.w3.org/2000/svg', name);

/** The button in a shadow root of its own; without `innerHTML`, which Trusted Types would stop. */
export function createLauncher() {
  const host = element('convkit-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  const button = element('button');
  const icon = drawing('svg');
  const path = drawing('path');
  const text = new Text();
  const badge = element('b');
  sheet.replaceSync(launcherCss);
  root.adoptedStyleSheets = [sheet];
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.append(path);
  button.append(icon, text, badge);
  root.append(button);

  /** Shows the look; a caption is on tabs only. */
  function draw(look: LauncherLook, open: boolean, unread: number, name: string, caption: string) {
    const { buttonStyle, position, buttonSize, colors } = look;
    const { buttonBg, buttonText } = colors;
    button.className = buttonStyle + position.replace(/(.)(.)/, ' e$1 p$2');
    button.ariaLabel = name;
    button.ariaExpanded = `${open}`;
    path.setAttribute('d', open ? chevron : chat);
    text.data = buttonStyle === 'tab' ? caption : '';
    badge.textContent = unread > 99 ? '99+' : `${unread}`;
    badge.hidden = open || !unread;
    const ink = buttonText ?? (buttonBg ? inkOnOwn : 'initial');
    button.style = `--_size:${buttonSize}px;--_bg:${buttonBg ?? 'initial'};--_ink:${ink}`;
  }
  return [host, root, button, draw] as const;
}
