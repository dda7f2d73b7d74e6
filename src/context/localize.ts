import { Localize, en, type LocalizedHost, type Strings } from '../i18n/index.js';

/**
 * For elements that the widget and the inbox share. It reads the locale from the elements around,
 * so that the widget carries no contexts.
 */
export function localize(host: LocalizedHost): Localize<Strings> {
  return new Localize<Strings>(host, en);
}
