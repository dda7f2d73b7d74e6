import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { isPossible, type Hours, type Me, type Span } from '../../domain/index.js';
import type { InboxStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { closeIcon, copyIcon, plusIcon } from '../shared/icons.js';
import { Saving } from './saving.js';

type L = Localizer<InboxStrings>;

const days = [0, 1, 2, 3, 4, 5, 6] as const;
const mostSpans = 10;
const wholeDay = 1_440;
/** A Monday, for the names of days. */
const aMonday = Date.UTC(2_024, 0, 1);

/** Nine to five on weekdays, where the browser is. */
function usualHours(): Hours {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const week = days.map((day): Span[] => (day < 5 ? [[540, 1_020]] : []));
  return { timeZone, week, goOffline: true };
}

/** The hours of an agent's week (S4.3). */
export class AvailabilityForm {
  #host: ReactiveControllerHost & HTMLElement;
  #client: () => AgentClient | undefined;
  #saving: Saving;
  /** What is written and not saved; undefined while nothing is. */
  #draft: Hours | null | undefined;
  #wrong = false;

  constructor(host: ReactiveControllerHost & HTMLElement, client: () => AgentClient | undefined) {
    this.#host = host;
    this.#client = client;
    this.#saving = new Saving(host);
  }

  get unsaved(): boolean {
    return this.#draft !== undefined;
  }

  render(me: Me, l: L): TemplateResult {
    const hours = this.#draft === undefined ? me.hours : this.#draft;
    return html`<form novalidate @submit=${this.#onSubmit}>
      <label class="switch">
        <input
          type="checkbox"
          name="use"
          .checked=${live(hours !== null)}
          aria-describedby="why"
          @change=${this.#onUse}
        />
        <span
          >${l.term('agent.hours.use')}
          <span class="hint" id="why">${l.term('agent.hours.why')}</span></span
        >
      </label>
      ${hours ? this.#renderHours(hours, l) : nothing}
      ${
        this.#wrong
          ? html`<p class="error" role="alert">${l.term('agent.hours.wrong')}</p>`
          : nothing
      }
      <div class="acts">
        ${this.#saving.render(l)}
        <button type="submit" class="button primary">${l.term('agent.save')}</button>
      </div>
    </form>`;
  }

  #renderHours({ timeZone, week, goOffline }: Hours, l: L): TemplateResult {
    const zones = new Set([timeZone, ...Intl.supportedValuesOf('timeZone')]);
    return html`<div class="week">
        ${days.map((day) => this.#renderDay(day, week[day] ?? [], l))}
      </div>
      <p class="beside">
        <button type="button" class="button quiet" @click=${this.#onCopy}>
          ${copyIcon()} ${l.term('agent.hours.copy')}
        </button>
      </p>
      <label class="field"
        ><span>${l.term('agent.hours.zone')}</span>
        <select name="zone" @change=${this.#onZone}>
          ${[...zones]
            .sort()
            .map(
              (zone) =>
                html`<option value=${zone} ?selected=${zone === timeZone}>
                  ${zone.replaceAll('_', ' ')}
                </option>`,
            )}
        </select>
      </label>
      <label class="switch">
        <input
          type="checkbox"
          name="goOffline"
          .checked=${live(goOffline)}
          @change=${this.#onGoOffline}
        />
        <span>${l.term('agent.hours.goOffline')}</span>
      </label>`;
  }

  #renderDay(day: number, spans: readonly Span[], l: L): TemplateResult {
    const name = l.date(aMonday + day * 86_400_000, { weekday: 'long', timeZone: 'UTC' });
    return html`<fieldset class="day">
      <legend>${name}</legend>
      <div class="spans">
        ${
          spans.length === 0
            ? html`<span class="hint">${l.term('agent.hours.off')}</span>`
            : spans.map((span, at) => this.#renderSpan(day, at, span, name, l))
        }
      </div>
      <button
        type="button"
        class="icon-button"
        data-day=${day}
        aria-label=${l.term('agent.hours.add', name)}
        title=${l.term('agent.hours.add', name)}
        ?disabled=${spans.length >= mostSpans}
        @click=${this.#onAdd}
      >
        ${plusIcon()}
      </button>
    </fieldset>`;
  }

  #renderSpan(day: number, at: number, [from, to]: Span, name: string, l: L): TemplateResult {
    const label = l.term('agent.hours.remove', name, `${clock(from)}–${clock(to)}`);
    return html`<span class="span">
      <input
        type="time"
        data-day=${day}
        data-at=${at}
        data-end="from"
        aria-label=${l.term('agent.hours.from', name)}
        .value=${live(clock(from))}
        @change=${this.#onTime}
      />
      <span aria-hidden="true">–</span>
      <input
        type="time"
        data-day=${day}
        data-at=${at}
        data-end="to"
        aria-label=${l.term('agent.hours.to', name)}
        .value=${live(clock(to))}
        @change=${this.#onTime}
      />
      <button
        type="button"
        class="icon-button"
        data-day=${day}
        data-at=${at}
        aria-label=${label}
        title=${label}
        @click=${this.#onRemove}
      >
        ${closeIcon()}
      </button>
    </span>`;
  }

  #current(): Hours | null {
    if (this.#draft !== undefined) return this.#draft;
    return this.#client()?.$me.get()?.hours ?? null;
  }

  #change(patch: Partial<Hours> | null): void {
    this.#draft = patch && { ...(this.#current() ?? usualHours()), ...patch };
    this.#wrong = false;
    this.#saving.clear();
    this.#host.requestUpdate();
  }

  #changeDay(day: number, change: (spans: Span[]) => Span[]): void {
    const week = this.#current()?.week ?? [];
    this.#change({
      week: days.map((each) => {
        const spans = week[each] ?? [];
        return each === day ? change(spans) : spans;
      }),
    });
  }

  readonly #onUse = (event: Event): void =>
    this.#change((event.target as HTMLInputElement).checked ? {} : null);

  readonly #onZone = (event: Event): void =>
    this.#change({ timeZone: (event.target as HTMLSelectElement).value });

  readonly #onGoOffline = (event: Event): void =>
    this.#change({ goOffline: (event.target as HTMLInputElement).checked });

  readonly #onCopy = (): void => {
    const week = this.#current()?.week ?? [];
    this.#change({ week: days.map((day) => week[day < 5 ? 0 : day] ?? []) });
  };

  readonly #onAdd = (event: Event): void => {
    const day = Number((event.currentTarget as HTMLElement).dataset['day']);
    this.#changeDay(day, (spans) => {
      const from = Math.min((spans.at(-1)?.[1] ?? 480) + 60, 1_320);
      return [...spans, [from, Math.min(from + 240, wholeDay)]];
    });
    void this.#focus(`[data-day="${day}"][data-end=from]`, -1);
  };

  readonly #onRemove = (event: Event): void => {
    const { day, at } = (event.currentTarget as HTMLElement).dataset;
    this.#changeDay(Number(day), (spans) => spans.filter((_, each) => each !== Number(at)));
    void this.#focus(`.day > [data-day="${day}"]`, 0);
  };

  readonly #onTime = (event: Event): void => {
    const { dataset, value } = event.target as HTMLInputElement;
    const minutes = minutesOf(value);
    if (minutes === null) return this.#host.requestUpdate();
    this.#changeDay(Number(dataset['day']), (spans) =>
      spans.map(([from, to], at): Span => {
        if (at !== Number(dataset['at'])) return [from, to];
        // An end at midnight is the end of the day.
        return dataset['end'] === 'from' ? [minutes, to] : [from, minutes || wholeDay];
      }),
    );
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    const client = this.#client();
    if (!client || this.#saving.busy) return;
    const current = this.#current();
    const hours = current && {
      ...current,
      week: current.week.map((spans) => [...spans].sort(([a], [b]) => a - b)),
    };
    this.#wrong = hours !== null && !isPossible(hours);
    this.#host.requestUpdate();
    if (this.#wrong) return;
    if (await this.#saving.run(() => client.setHours(hours))) this.#draft = undefined;
    this.#host.requestUpdate();
  }

  async #focus(selector: string, at: number): Promise<void> {
    await this.#host.updateComplete;
    [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])].at(at)?.focus();
  }
}

/** As a field of type `time` has it; the end of the day is midnight. */
function clock(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

function minutesOf(value: string): number | null {
  const match = /^(\d{2}):(\d{2})/.exec(value);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
