import { en } from './en.js';

/** English of the rating of a conversation, which loads by itself. */
export const ratingEn = {
  'rating.label': 'Rating',
  'rating.question': 'How did we do?',
  'rating.1': 'Very bad',
  'rating.2': 'Bad',
  'rating.3': 'Okay',
  'rating.4': 'Good',
  'rating.5': 'Very good',
  'rating.comment': 'Comment',
  'rating.commentHint': 'What should we know? (optional)',
  'rating.send': 'Submit rating',
  'rating.sending': 'Sending',
  'rating.thanks': 'Thank you for your rating!',
  'rating.given': (score: string): string => `Your rating: ${score}`,
  'rating.change': 'Change rating',
  'rating.cancel': 'Cancel',
} as const;

export const ratingEnglish = { ...en, ...ratingEn };
