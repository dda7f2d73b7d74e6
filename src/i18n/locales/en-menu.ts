import { en } from './en.js';

/** English of the menu of the visitor's panel, which loads by itself. */
export const menuEn = {
  'menu.restart': 'Start a new conversation',
  'menu.restart.ask': 'Start a new conversation?',
  'menu.restart.text': 'This one ends here. Your next message begins a new one.',
  'menu.restart.now': 'Start anew',
  'menu.restart.cancel': 'Cancel',
  'menu.soundOn': 'Turn sound on',
  'menu.soundOff': 'Turn sound off',
  'menu.rate': 'Rate this conversation',
  'menu.group': 'Choose who to talk to',
} as const;

export const menuEnglish = { ...en, ...menuEn };
