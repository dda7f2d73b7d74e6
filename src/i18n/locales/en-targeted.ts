import { en } from './en.js';

/** English of a message that is shown beside the bubble. */
export const targetedEn = {
  'targeted.label': 'Message from our team',
  'targeted.dismiss': 'Dismiss',
} as const;

export const targetedEnglish = { ...en, ...targetedEn };
