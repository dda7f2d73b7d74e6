const coming = new Map<string, Promise<unknown> | undefined>();

/**
 * Fetches the kit's own texts for visitors in a locale (BCP 47), or in its language: `de` for
 * `de-AT`, `zh-TW` for `zh-HK`. Elements on the page show them at once. False where the kit has none
 * but English; rejects where they could not be fetched, with a `RangeError` for what is no tag.
 */
export async function loadLocale(locale: string): Promise<boolean> {
  const { fetchLocale } = await import('./locales/languages.js');
  return fetchLocale(locale);
}

/**
 * What to wait for before texts in a locale are shown; undefined when they are here, when they will
 * not come, or when they took longer than `patience` (ms): those are shown when they come. Each
 * locale is fetched once.
 */
export function comingStrings(
  locale: string,
  load = loadLocale,
  patience = 1000,
): Promise<unknown> | undefined {
  if (!coming.has(locale) && !/^en\b/i.test(locale)) {
    coming.set(
      locale,
      Promise.race([
        // Without it the widget goes on in English.
        load(locale).catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, patience)),
      ]).then(() => coming.set(locale, undefined)),
    );
  }
  return coming.get(locale);
}
