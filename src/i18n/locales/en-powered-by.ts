import { en } from './en.js';

/** English of the line at the foot of the panel, off by default. */
export const poweredByEn = {
  'chat.poweredBy': (name: string): string => `Powered by ${name}`,
} as const;

export const poweredByEnglish = { ...en, ...poweredByEn };
