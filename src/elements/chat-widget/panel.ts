import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Composer } from './composer.js';
import { renderHeader } from './header.js';
import { renderConnection } from './notices.js';
import { renderThread } from './thread.js';
import type { Layout } from './wanted-look.js';
import type { WidgetParts } from './widget-parts.js';
import type { WidgetStores } from './widget-stores.js';

export interface WidgetView {
  /** What the page says. */
  page: {
    open: boolean;
    layout: Layout;
    launcher: 'own' | 'none';
    buttonStyle: 'round' | 'tab' | null;
  };
  stores: WidgetStores;
  parts: WidgetParts;
  composer: Composer;
  localizer: Localizer;
  /** The panel fills the screen. */
  phone: boolean;
  onScroll: () => void;
  onToggle: () => void;
  onStart: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** The panel, or what stands beside the button, and the button. */
export function renderWidget(view: WidgetView): TemplateResult {
  const { page, parts } = view;
  return html`${page.open ? renderPanel(view) : parts.targeting.part?.render()}
  ${page.layout === 'floating' && page.launcher === 'own' ? parts.launcher.when(true)?.(view) : nothing}`;
}

/** Head, messages, what is asked among them, and the field. */
function renderPanel(view: WidgetView): TemplateResult {
  const { stores, parts, composer, localizer, phone } = view;
  const floats = view.page.layout === 'floating';
  return html`<section
    part="panel"
    class="panel"
    data-drop=${parts.files.part?.dropText ?? nothing}
    role=${floats ? 'dialog' : 'region'}
    aria-modal=${floats ? (`${phone}` as const) : nothing}
    aria-label=${localizer.term('chat.panel')}
    tabindex="-1"
    @keydown=${view.onKeyDown}
    @dragover=${composer.onDrag}
    @drop=${composer.onDrag}
  >
    ${renderHeader(view)}
    ${stores.fault.value ? parts.trouble.when(true)?.renderFault(view) : renderBody(view)}
    ${parts.poweredBy.when(stores.settings.value?.look.poweredBy)?.render()}
  </section>`;
}

function renderBody(view: WidgetView): TemplateResult {
  const { stores, parts, composer, localizer } = view;
  const { groups, askRating } = stores.settings.value ?? {};
  const { state, rating } = stores.conversation.value ?? {};
  return html`
    <div class="middle">
      ${renderConnection(view)}
      <div
        part="log"
        class="log"
        role="log"
        aria-live="off"
        aria-label=${localizer.term('chat.log')}
        aria-busy=${stores.thread.value?.status === 'loading' ? 'true' : 'false'}
        tabindex="0"
        @scroll=${view.onScroll}
      >
        <div class="rows">
          ${renderThread(view)} ${parts.choose.when(groups?.length)?.render()}
          ${parts.form.when(stores.form.value)?.render()}
          ${parts.rating.when(askRating && (state === 'closed' || rating))?.render()}
        </div>
      </div>
    </div>
    ${composer.render(localizer)}
  `;
}
