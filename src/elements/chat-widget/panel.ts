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
  ${renderLauncher(view)}`;
}

function renderLauncher(view: WidgetView): TemplateResult | undefined {
  const { page, parts, localizer, onToggle } = view;
  const { open, layout, launcher, buttonStyle } = page;
  const { availability, fault, settings, unread } = view.stores;
  const mode = availability.value?.mode;
  const shown = open || (mode ? mode !== 'hidden' : fault.value != null);
  if (layout !== 'floating' || launcher === 'none' || !shown) return undefined;
  return parts.launcher.when(true)?.({
    open,
    unread: unread.value ?? 0,
    words: parts.scene.own('button'),
    tab: (buttonStyle ?? settings.value?.look.buttonStyle) === 'tab',
    localizer,
    onToggle,
  });
}

/** Head, messages, what is asked among them, and the field. */
function renderPanel(view: WidgetView): TemplateResult {
  const { stores, parts, localizer, phone } = view;
  const settings = stores.settings.value;
  const floats = view.page.layout === 'floating';
  return html`<section
    part="panel"
    class="panel"
    data-drop=${parts.files.part?.dropText ?? nothing}
    role=${floats ? 'dialog' : 'region'}
    aria-modal=${floats ? String(phone) : nothing}
    aria-label=${localizer.term('chat.panel')}
    tabindex="-1"
    @keydown=${view.onKeyDown}
    @dragover=${view.composer.onDrag}
    @drop=${view.composer.onDrag}
  >
    ${renderHeader({
      settings,
      availability: stores.availability.value,
      localizer,
      own: parts.scene.own,
      phone,
      menu: parts.menu,
      onClose: view.onToggle,
    })}
    ${stores.fault.value ? renderFault(view) : renderBody(view)}
    ${parts.poweredBy.when(settings?.look.poweredBy)?.render()}
  </section>`;
}

function renderFault({ stores, parts, localizer, onStart }: WidgetView): unknown {
  const error = stores.fault.value ?? null;
  return parts.trouble.when(true)?.renderFault({ error, localizer, onRetry: onStart });
}

function renderBody(view: WidgetView): TemplateResult {
  const { stores, parts, localizer, onStart } = view;
  const thread = stores.thread.value;
  return html`
    <div class="middle">
      ${renderConnection({ connection: stores.connection.value, localizer, onRetry: onStart })}
      <div
        part="log"
        class="log"
        role="log"
        aria-live="off"
        aria-label=${localizer.term('chat.log')}
        aria-busy=${thread?.status === 'loading' ? 'true' : 'false'}
        tabindex="0"
        @scroll=${view.onScroll}
      >
        <div class="rows">
          ${renderThread({
            thread,
            typing: stores.typing.value ?? [],
            client: parts.scene.client(),
            localizer,
            own: parts.scene.own,
            trouble: parts.trouble,
            onReload: onStart,
          })}
          ${renderCards(view)}
        </div>
      </div>
    </div>
    ${view.composer.render(localizer)}
  `;
}

/** What is asked within the conversation. */
function renderCards({ stores, parts }: WidgetView): TemplateResult {
  const settings = stores.settings.value;
  const conversation = stores.conversation.value;
  const rates = conversation?.state === 'closed' || conversation?.rating;
  return html`${parts.choose.when(settings?.groups.length)?.render()}
  ${parts.form.when(stores.form.value)?.render()}
  ${parts.rating.when(settings?.askRating && rates)?.render()}`;
}
