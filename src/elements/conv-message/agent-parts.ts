import { html } from 'lit';
import { localizerFor } from '../../i18n/index.js';
import { messagesEnglish } from '../../i18n/locales/en-messages.js';
import { lockIcon } from '../shared/icons.js';
import { agentStyles } from './agent-parts.styles.js';
import { agentParts } from './agent-parts-slot.js';
import { markMentions } from './mark-mentions.js';
import { systemLine } from './system-line.js';

/** Screens of agents import this, so that nothing of it comes late. */
agentParts.ready = {
  styles: agentStyles,
  label: (locale) =>
    html`<p part="label" class="label">
      ${lockIcon()}${localizerFor(locale, messagesEnglish).term('message.comment')}
    </p>`,
  markMentions,
  systemLine: (event, locale) => systemLine(event, localizerFor(locale, messagesEnglish)),
};
