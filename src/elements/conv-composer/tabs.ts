import { html, nothing, type TemplateResult } from 'lit';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import type { Draft } from '../../store/agent-client.js';
import { lockIcon } from '../shared/icons.js';

type Kind = Draft['kind'];

export const kinds: readonly Kind[] = ['reply', 'comment'];

interface Tabs {
  kind: Kind;
  onTab(event: Event): void;
  onKeydown(event: KeyboardEvent): void;
}

/** `Reply` and `Comment`, and who sees what is written (S3.22). */
export function renderTabs(
  { kind, onTab, onKeydown }: Tabs,
  l: Localizer<WritingStrings>,
): TemplateResult {
  return html`<div class="tabs">
    <div role="tablist" class="tablist" aria-label=${l.term('composer.label')}>
      ${kinds.map((one) => {
        const selected = one === kind;
        return html`<button
          type="button"
          role="tab"
          part="tab"
          id="tab-${one}"
          data-kind=${one}
          aria-selected=${selected ? 'true' : 'false'}
          aria-controls="panel-${one}"
          tabindex=${selected ? 0 : -1}
          @click=${onTab}
          @keydown=${onKeydown}
        >
          ${l.term(`composer.${one}`)}
        </button>`;
      })}
    </div>
    ${
      kind === 'comment'
        ? html`<span class="privacy">${lockIcon()} ${l.term('composer.private')}</span>`
        : nothing
    }
  </div>`;
}

/** The tab to which a key moves from `kind`; null where it moves to none. */
export function kindByKey(key: string, kind: Kind): Kind | null {
  if (key === 'Home') return 'reply';
  if (key === 'End') return 'comment';
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  return kind === 'reply' ? 'comment' : 'reply';
}
