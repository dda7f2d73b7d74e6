import { en } from './en.js';

/** English of the emoji picker, which loads by itself. */
export const emojiEn = {
  'emoji.label': 'Emoji',
  'emoji.search': 'Search emoji',
  'emoji.categories': 'Categories',
  'emoji.none': 'No emoji has this name. Try another word.',
  'emoji.noRecent': 'What you choose is kept here.',
  'emoji.results': 'Search results',
  'emoji.tone': 'Skin tone',
  'emoji.tone.0': 'No skin tone',
  'emoji.tone.1': 'Light skin tone',
  'emoji.tone.2': 'Medium-light skin tone',
  'emoji.tone.3': 'Medium skin tone',
  'emoji.tone.4': 'Medium-dark skin tone',
  'emoji.tone.5': 'Dark skin tone',
  'emoji.recent': 'Recent',
  'emoji.smileys': 'Smileys and emotions',
  'emoji.people': 'People and hands',
  'emoji.nature': 'Animals and nature',
  'emoji.food': 'Food and drink',
  'emoji.travel': 'Travel and places',
  'emoji.activities': 'Activities',
  'emoji.objects': 'Objects',
  'emoji.symbols': 'Symbols',
  'emoji.flags': 'Flags',
} as const;

export const emojiEnglish = { ...en, ...emojiEn };
