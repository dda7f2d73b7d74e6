import { Localize, type LocalizedHost, type Strings } from '../i18n/index.js';
import { ContextController } from './context-controller.js';
import { localeContext } from './contexts.js';

/** Texts and dates for an element of a provider, whose locale comes before the page's. */
export class LocalizeController<Table extends Strings = Strings> extends Localize<Table> {
  /** `english` is the table to fall back to, such as `inboxEnglish` for an agent's screens. */
  constructor(host: LocalizedHost, english: Table) {
    const provided = new ContextController(host, localeContext);
    super(host, english, () => provided.value);
  }
}
