const told = new Set<string>();

/** Tells a page's author of a bad value, once for each code and value; nothing is thrown. */
export function warnOnce(code: string, value: string, fix: string): void {
  const key = `${code} ${value}`;
  if (told.has(key)) return;
  told.add(key);
  console.warn(`convkit ${code}: "${value}". ${fix}`);
}
