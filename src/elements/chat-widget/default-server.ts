/** Where widgets without `server` look for one; the embed entry sets it to its own origin. */
export const defaultServer: { origin: string | null } = { origin: null };
