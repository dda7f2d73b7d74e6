import { html, nothing, type TemplateResult } from 'lit';
import type { Contact, PageView, Visit } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import { languageName } from '../shared/languages.js';

type L = Localizer<InboxStrings>;

/** Place and time of day where the visitor is, as far as the address and the time zone tell. */
export function timeThere(visit: Visit, now: number, l: L): string | null {
  if (!visit.timeZone) return null;
  try {
    const time = l.date(now, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: visit.timeZone,
    });
    const zone = visit.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? '';
    const country = visit.country && countryName(visit.country, l);
    const place = [visit.city, country].filter((name) => name).join(', ') || zone;
    return `${place} · ${l.term('contact.localTime', time)}`;
  } catch {
    return null;
  }
}

function countryName(code: string, l: L): string {
  try {
    return new Intl.DisplayNames([l.locale], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What the page or the host's server told, in their order (S3.33). */
export function renderPushed({ data }: Contact, l: L): TemplateResult | typeof nothing {
  if (data.length === 0) return nothing;
  return html`<section part="pane" aria-labelledby="pushed">
    <h3 id="pushed">${l.term('contact.data')}</h3>
    <dl>
      ${data.map(
        ({ key, value }) =>
          html`<dt><bdi>${key}</bdi></dt>
            <dd class="plain">${renderValue(value)}</dd>`,
      )}
    </dl>
  </section>`;
}

/** A host may push the address of a page of its own. */
function renderValue(value: string): TemplateResult {
  if (!/^https?:\/\/\S+$/i.test(value)) return html`<bdi>${value}</bdi>`;
  return html`<a href=${value} dir="ltr" target="_blank" rel="noopener noreferrer"
    >${shortAddress(value)}</a
  >`;
}

/** Pages of the latest visit, and what is known of place and device (S3.34). */
export function renderVisit(visit: Visit | null, l: L): TemplateResult {
  return html`<section part="pane" aria-labelledby="visit">
      <h3 id="visit">${l.term('contact.visit')}</h3>
      ${renderPages(visit, l)}
    </section>
    ${visit ? renderDevice(visit, l) : nothing}`;
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
  return html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow" title=${url}
    ><bdi>${text}</bdi></a
  >`;
}

function renderDevice(visit: Visit, l: L): TemplateResult | typeof nothing {
  const facts = (
    [
      ['country', visit.country ? countryName(visit.country, l) : null],
      ['city', visit.city],
      ['browser', visit.browser],
      ['system', visit.system],
      ['ip', visit.ip],
      ['browserLanguage', visit.language ? languageName(visit.language, l) : null],
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
