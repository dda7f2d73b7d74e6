/** English of what can be done with a conversation, and of what is said around its messages. */
export const threadEn = {
  'thread.unblock': 'Unblock contact',
  'thread.findAgent': 'Find an agent',
  'thread.findAgent.none': (query: string): string => `Nobody is called “${query}”.`,
  'thread.group.none': 'No group',
  'thread.group.edit': 'Edit groups',
  'thread.group.empty': 'There are no groups yet.',
  'thread.inGroup': (group: string): string => `Group ${group}`,

  'thread.block.ask': 'What should be blocked?',
  'thread.block.contact': 'Block this contact',
  'thread.block.contact.hint': 'This person can write no more, and is not told so.',
  'thread.block.address': 'Ban the address too',
  'thread.block.address.hint':
    'Nobody else can write from the address that this person came from, either.',
  'thread.block.now': 'Block',
  'thread.blocked': 'This contact is blocked and cannot write.',
  'thread.banned': 'This contact and the address it came from are blocked.',

  'thread.delete.ask': 'Delete this conversation?',
  'thread.delete.text': (name: string): string =>
    `All messages and files of this conversation with ${name} are deleted for everybody, for good.`,
  'thread.delete.now': 'Delete',
  'thread.removed': 'This conversation was deleted.',
  'thread.removed.hint': 'Choose another one from the list.',

  'thread.earlierLog': 'Messages of an earlier conversation',
  'thread.earlier': 'An earlier conversation: it can be read, and not answered.',
  'thread.answersAt': (mailbox: string): string => `Answers arrive at ${mailbox}.`,
  'thread.answersNowhere': 'Answers do not arrive here: this workspace has no mailbox yet.',

  'email.to': (address: string): string => `To ${address}`,
  'email.queued': 'Waits to be sent',
  'email.sending': 'Sending',
  'email.sent': 'Sent',
  'email.failed': 'Not sent',
  'email.retry': 'Retry',
} as const;
