/**
 * What a table of texts by language says in this one: its own tag, then the language without a
 * region; undefined where neither is there.
 */
export function inLanguage<Text>(
  texts: Readonly<Record<string, Text>>,
  locale: string,
): Text | undefined {
  const parts = locale.toLowerCase().split('-');
  for (let length = parts.length; length > 0; length--) {
    const tag = parts.slice(0, length).join('-');
    for (const [key, text] of Object.entries(texts)) if (key.toLowerCase() === tag) return text;
  }
  return undefined;
}

/** The same, where something has to be said: else in English, else in the first language there is. */
export function inSomeLanguage(texts: Readonly<Record<string, string>>, locale: string): string {
  return inLanguage(texts, locale) ?? inLanguage(texts, 'en') ?? Object.values(texts)[0] ?? '';
}
