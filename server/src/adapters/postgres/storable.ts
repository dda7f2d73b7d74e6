/**
 * PostgreSQL refuses U+0000 in text and, in jsonb, halves of surrogate pairs. Whoever sends them
 * must not make a statement fail: the first is dropped, the second becomes U+FFFD. Every column of
 * text or JSON goes through here, in conditions too.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The same for every string and key of a JSON value. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableText(key), storableJson(inner)]),
  );
}
