import { html } from 'lit';
import { localizerFor, type TimesStrings } from '../../i18n/index.js';
import { timesEnglish } from '../../i18n/locales/en-times.js';
import { statusParts } from './status-slot.js';
import { statusStyles } from './status.styles.js';

/** Screens of agents import this, so that nothing of it comes late. */
statusParts.ready = {
  styles: statusStyles,
  render: (status) => html`<span part="status" class="status ${status}" aria-hidden="true"></span>`,
  label(name, status, locale) {
    const localizer = localizerFor<TimesStrings>(locale, timesEnglish);
    const words = localizer.term(`avatar.status.${status}`);
    return name ? localizer.term('avatar.withStatus', name, words) : words;
  },
};
