import { html, type TemplateResult } from 'lit';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import {
  boldIcon,
  bulletListIcon,
  codeIcon,
  italicIcon,
  linkIcon,
  numberedListIcon,
  quoteIcon,
  strikeIcon,
} from '../shared/icons.js';
import type { Format } from './markdown-edit.js';

interface Tool {
  format: Format;
  icon: () => TemplateResult;
  label: 'bold' | 'italic' | 'strike' | 'link' | 'bulletList' | 'numberedList' | 'quote' | 'code';
  /** With Ctrl, or Cmd on Apple's keyboards; of digits the place, since Shift makes them signs. */
  key: string;
  shift: boolean;
}

const tools: readonly Tool[] = [
  { format: 'bold', icon: boldIcon, label: 'bold', key: 'b', shift: false },
  { format: 'italic', icon: italicIcon, label: 'italic', key: 'i', shift: false },
  { format: 'strike', icon: strikeIcon, label: 'strike', key: 'x', shift: true },
  { format: 'link', icon: linkIcon, label: 'link', key: 'k', shift: false },
  { format: 'list', icon: bulletListIcon, label: 'bulletList', key: '8', shift: true },
  { format: 'numbered', icon: numberedListIcon, label: 'numberedList', key: '7', shift: true },
  { format: 'quote', icon: quoteIcon, label: 'quote', key: '9', shift: true },
  { format: 'code', icon: codeIcon, label: 'code', key: 'e', shift: false },
];

/** The format that a key press asks for; null when none. */
export function formatOfKey(event: KeyboardEvent): Format | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = /^Digit(\d)$/.exec(event.code)?.[1] ?? event.key.toLowerCase();
  return tools.find((tool) => tool.key === key && tool.shift === event.shiftKey)?.format ?? null;
}

/** Formatting buttons (S3.23); each says its shortcut. */
export function renderToolbar(
  l: Localizer<InboxStrings>,
  onTool: (event: Event) => void,
): TemplateResult {
  const modifier = /Mac|iP(?:hone|ad|od)/.test(navigator.platform) ? '⌘' : 'Ctrl+';
  return html`<div class="tools" role="group" aria-label=${l.term('composer.formatting')}>
    ${tools.map(({ format, icon, label, key, shift }) => {
      const name = l.term(`composer.${label}`);
      const shortcut = `${shift ? 'Shift+' : ''}${key.toUpperCase()}`;
      return html`<button
        type="button"
        class="tool"
        part="tool"
        data-format=${format}
        aria-label=${name}
        aria-keyshortcuts="Control+${shortcut} Meta+${shortcut}"
        title="${name} (${modifier}${shortcut})"
        @click=${onTool}
      >
        ${icon()}
      </button>`;
    })}
  </div>`;
}
