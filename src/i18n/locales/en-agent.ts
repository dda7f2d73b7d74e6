/** English of an agent's own settings: profile, hours, notifications, keys. */
export const agentEn = {
  'status.reconnecting': 'Offline, reconnecting',
  'status.lost': 'No connection: others see you offline until it is back.',

  'agent.profile': 'Chat profile',
  'agent.availability': 'Availability',
  'agent.notifications': 'Notification settings',
  'agent.save': 'Save changes',
  'agent.saved': 'Saved',
  'agent.loading': 'Loading your settings',

  'agent.profile.why': 'Visitors see your name and the initials or picture beside your messages.',
  'agent.profile.password': 'New password',
  'agent.profile.passwordHint': 'Leave it empty to keep the one you have.',
  'agent.profile.elsewhere':
    'Your name and picture come from the application that you signed in to.',
  'agent.profile.required': 'Fill this in.',

  'agent.hours.use': 'Keep weekly hours',
  'agent.hours.why':
    'Colleagues and visitors can tell when you are there. You can always go online or offline by hand.',
  'agent.hours.zone': 'Time zone',
  'agent.hours.goOffline': 'Go offline by itself when the day ends',
  'agent.hours.from': (day: string): string => `${day}, from`,
  'agent.hours.to': (day: string): string => `${day}, to`,
  'agent.hours.add': (day: string): string => `Add hours on ${day}`,
  'agent.hours.remove': (day: string, span: string): string => `Remove ${span} on ${day}`,
  'agent.hours.off': 'Not available',
  'agent.hours.copy': 'Copy Monday to Friday',
  'agent.hours.wrong':
    'Each span must end after it begins, and must not touch another one of that day.',

  'agent.scope.mine': 'My conversations',
  'agent.scope.unassigned': 'Mine and unassigned',
  'agent.scope.all': 'All conversations',
  'agent.scope.none': 'Nothing',
  'agent.sound': 'Play a sound for',
  'agent.sound.try': 'Play it',
  'agent.desktop': 'Desktop notifications for',
  'agent.desktop.denied':
    'This browser blocks notifications from this page. Allow them in its settings for the page.',
  'agent.desktop.unsupported': 'This browser cannot show desktop notifications.',
  'agent.badge': 'Count in the title and icon',
  'agent.notifications.offline': 'While you are offline nothing sounds or pops up.',
  'agent.enterSends': 'Enter sends the message',
  'agent.enterSends.hint': 'Otherwise Enter breaks the line, and Ctrl or ⌘ with Enter sends.',
  'agent.shortcuts': 'Keyboard shortcuts',
  'agent.shortcuts.hint': 'Press ? in the inbox to see them.',

  'agent.offline': 'You are offline: no chats reach you.',
  'agent.goOnline': 'Go online',

  'keys.title': 'Keyboard shortcuts',
  'keys.next': 'Next conversation',
  'keys.previous': 'Previous conversation',
  'keys.close': 'Close or reopen the conversation',
  'keys.reply': 'Write a reply',
  'keys.comment': 'Write a comment',
  'keys.assign': 'Assign to an agent',
  'keys.search': 'Search conversations',
  'keys.help': 'Show this list',
  'keys.hint': 'They act while you are not typing. You can turn them off in Notification settings.',

  'notice.message': (name: string): string => `${name} wrote`,
  'notice.assigned': (name: string): string => `The conversation with ${name} is yours`,
  'notice.mentioned': (name: string): string =>
    `You are mentioned in the conversation with ${name}`,
} as const;
