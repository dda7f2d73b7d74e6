import 'convkit/elements/conv-thread.js';
import { registerContactPane } from 'convkit/elements/conv-contact.js';

/** What must compile, and behind each `@ts-expect-error` what must not: the type check is the test. */
export function typings(): void {
  const thread = document.createElement('conv-thread');
  thread.conversationId = 'cv_1';
  thread.addEventListener('conv-conversation-assigned', ({ detail }) => detail.assigneeIds.join());
  // @ts-expect-error: an id is a string
  thread.conversationId = 5;
  // @ts-expect-error: no such property
  thread.conversation = 'cv_1';
  // @ts-expect-error: the detail has no such field
  thread.addEventListener('conv-conversation-closed', ({ detail }) => detail.order);
  registerContactPane({ id: 'points', title: 'Points', render: ({ tags }) => tags.join() });
  // @ts-expect-error: a pane is text, or a node of the page
  registerContactPane({ id: 'points', title: 'Points', render: () => 5 });
}
