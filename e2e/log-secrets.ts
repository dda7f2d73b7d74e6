/** What no log may hold, whatever it is about. */
const patterns = [
  // Tokens, cookies and headers.
  /eyJ[\w-]{8,}\.[\w-]+/,
  /convkit_session=[^;\s"]/,
  /bearer\.phx|Bearer [\w.-]{8,}/i,
  // A sign-in link, and the signature of a file's address.
  /[#?&]code=/,
  /[?&]signature=/,
  /"(?:authorization|cookie|set-cookie|password)"/i,
];

/** Shorter ones could be anything's words. */
const shortestText = 6;

/**
 * What a server's log holds and must not: tokens, cookies, passwords, codes, and what people wrote.
 * `exported` is the server's export, whose lines have all that was written; `known` are further
 * words, such as passwords.
 */
export function secretsIn(log: string, exported: string, known: readonly string[]): string[] {
  const written = [...exported.matchAll(/"(?:text|email|phone)":("(?:[^"\\]|\\.)*")/g)]
    .map(([, text = '""']) => JSON.parse(text) as string)
    .filter((text) => text.length >= shortestText);
  return [
    ...patterns.flatMap((pattern) => pattern.exec(log)?.[0] ?? []),
    ...[...new Set([...known, ...written])].filter((text) => log.includes(text)),
  ];
}
