import { html, nothing, type TemplateResult } from 'lit';
import type { PageView, Visit } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';

type L = Localizer<InboxStrings>;

/** A language in the reader's words; the tag itself where the browser knows no name for it. */
export function languageName(tag: string, l: L): string {
  try {
    return new Intl.DisplayNames([l.locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Place and time of day where the visitor is, as far as the time zone tells. */
export function timeThere(visit: Visit, now: number, l: L): string | null {
  if (!visit.timeZone) return null;
  try {
    const time = l.date(now, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: visit.timeZone,
    });
    const city = visit.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? '';
    return `${city} · ${l.term('contact.localTime', time)}`;
  } catch {
    return null;
  }
}

/**
 * Pages of the latest visit, and what is known of the device (S3.34); the device's language where
 * it is not the contact's.
 */
export function renderVisit(visit: Visit | null, language: string | null, l: L): TemplateResult {
  return html`<section part="pane" aria-labelledby="visit">
      <h3 id="visit">${l.term('contact.visit')}</h3>
      ${renderPages(visit, l)}
    </section>
    ${visit ? renderDevice(visit, language, l) : nothing}`;
}

function renderPages(visit: Visit | null, l: L): TemplateResult {
  if (!visit) return html`<p class="empty">${l.term('contact.noVisit')}</p>`;
  if (visit.pages.length === 0) return html`<p class="empty">${l.term('contact.noPages')}</p>`;
  return html`<ol>
    ${visit.pages.map(
      (page) =>
        html`<li>
          <time datetime=${new Date(page.at).toISOString()} title=${l.fullTime(page.at)}
            >${l.time(page.at)}</time
          >
          ${renderPage(page)}
        </li>`,
    )}
  </ol>`;
}

/** A visitor names the address: only a web address becomes a link. */
function renderPage({ url, title }: PageView): TemplateResult {
  const text = title || url;
  if (!/^https?:\/\//i.test(url)) return html`<bdi>${text}</bdi>`;
  return html`<a
    href=${url}
    dir="auto"
    target="_blank"
    rel="noopener noreferrer nofollow"
    title=${url}
    >${text}</a
  >`;
}

function renderDevice(
  visit: Visit,
  language: string | null,
  l: L,
): TemplateResult | typeof nothing {
  const ownLanguage = visit.language === language ? null : visit.language;
  const facts = (
    [
      ['browser', visit.browser],
      ['system', visit.system],
      ['language', ownLanguage ? languageName(ownLanguage, l) : null],
      ['referrer', visit.referrer ? shortAddress(visit.referrer) : null],
    ] as const
  ).filter(([, value]) => value !== null && value !== '');
  if (facts.length === 0) return nothing;
  return html`<section part="pane" aria-labelledby="device">
    <h3 id="device">${l.term('contact.device')}</h3>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${l.term(`contact.${name}`)}</dt>
            <dd class="plain"><bdi>${value}</bdi></dd>`,
      )}
    </dl>
  </section>`;
}

/** The site is what matters of where somebody came from. */
function shortAddress(address: string): string {
  try {
    const { host, pathname } = new URL(address);
    return host + (pathname === '/' ? '' : pathname);
  } catch {
    return address;
  }
}
