/** True in the built package, where all modules lie in one folder beside `migrations/`. */
export const isBundled = !import.meta.url.endsWith('.ts');
