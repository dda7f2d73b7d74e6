/** English of the button that writes an email, and of what it says where none can be sent. */
export const mailEn = {
  'newEmail.compose': 'Compose an email',
  'composer.loadingPart': 'Loading',
  'composer.loadFailed': 'This could not be loaded. Check the connection and try again.',
  'mail.off': 'This server sends no email yet.',
  'mail.turnOn':
    'Whoever runs it sets SMTP_URL and MAIL_FROM and starts it again. The workspace’s mailbox says where answers arrive.',
} as const;
