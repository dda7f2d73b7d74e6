/** Browser and system as a person would name them; null where the string does not say. */
export function describeUserAgent(userAgent: string | null): {
  browser: string | null;
  system: string | null;
} {
  if (userAgent === null) return { browser: null, system: null };
  return { browser: firstMatch(browsers, userAgent), system: firstMatch(systems, userAgent) };
}

/** The first that fits wins: browsers name their ancestors too. */
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+(?:\.\d+)?).*\bSafari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid(?: (\d+))?/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b(?:.*\bOS (\d+))?/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

function firstMatch(patterns: [RegExp, string][], text: string): string | null {
  for (const [pattern, name] of patterns) {
    const match = pattern.exec(text);
    if (match) return match[1] === undefined ? name : `${name} ${match[1]}`;
  }
  return null;
}
