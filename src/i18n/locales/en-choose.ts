import { en } from './en.js';

/** English of the choice of a group, which loads where visitors are asked for one. */
export const chooseEn = {
  'choose.question': 'Who would you like to talk to?',
  'choose.notSure': 'Not sure',
  'choose.chosen': (group: string): string => `You chose ${group}.`,
  'choose.chosenNone': 'Whoever is free will answer.',
  'choose.change': 'Change',
} as const;

export const chooseEnglish = { ...en, ...chooseEn };
