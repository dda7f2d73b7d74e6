import type { Author, Mark } from '../../domain/index.js';
import { addContact, newConversation, register } from './additions.js';
import { createMessage } from './lines.js';
import { contactOf, conversationOf, type StoredConversation, type Workspace } from './workspace.js';

/** Very many conversations and messages, made at once and told to nobody: for measurements. */

const secondMs = 1_000;
const minuteMs = 60_000;
const firstNames = [
  'Maja',
  'Omar',
  'Paula',
  'Jun',
  'Sinead',
  'Tomás',
  'Aisha',
  'Nok',
  'Ben',
  'Zoë',
];
const lastNames = ['Lindqvist', 'Haddad', 'Brandt', 'Tanaka', 'Kelly', 'Moreno', 'Diallo'];
const questions = [
  'Does the blue roadster ship to Malmö?',
  'I need it before the 4th.',
  'Where do I find the serial number? I looked under the saddle and behind the fork.',
  'Thanks!',
  'The express delivery came a day late, and the box was open on one side.\n\nWhat now?',
];
const answers = [
  'It does, in **two working days**.',
  'You find it at https://fjordcykel.example/help/serial-numbers',
  'I am sorry to hear that. Could you send a picture of the box?',
  'Yes, until:\n\n- the 3rd in Sweden\n- the 5th elsewhere',
];

const nth = <Item>(items: readonly [Item, ...Item[]] | readonly Item[], index: number): Item =>
  items[index % items.length] as Item;

export function fillConversations(workspace: Workspace, count: number): string[] {
  const agentIds = [...workspace.agents.keys()];
  const now = workspace.now();
  const made: StoredConversation[] = [];
  for (let index = 0; index < count; index++) {
    const at = now - (count - index) * secondMs;
    const name = `${nth(firstNames, index)} ${nth(lastNames, index)} ${index + 1}`;
    const email = `contact-${index + 1}@example.com`;
    const contact = addContact(workspace, { name, email, createdAt: at });
    const conversation = newConversation(workspace, contact.id, { createdAt: at });
    // Of three, one is Unassigned.
    if (index % 3 > 0)
      conversation.assigneeIds = agentIds.slice(index % agentIds.length).slice(0, 1);
    appendSilently(workspace, conversation, contactAuthor(workspace, conversation), index, at);
    made.push(conversation);
  }
  register(workspace, made);
  return made.map(({ id }) => id);
}

/** Puts a history of both sides, a minute between two messages, before what the conversation holds. */
export function fillMessages(workspace: Workspace, conversationId: string, count: number): void {
  const conversation = conversationOf(workspace, conversationId);
  const before = { ...conversation };
  const end = conversation.messages[0]?.createdAt ?? workspace.now() + minuteMs;
  const authors = [contactAuthor(workspace, conversation), ...agentAuthors(workspace)];
  Object.assign(conversation, { messages: [], lastSeq: 0, lastPublicSeq: 0, createdAt: end });
  for (let index = 0; index < count; index++) {
    // Two or three of one author follow each other, as people write.
    const author = nth(authors, Math.floor(index / 2.5));
    appendSilently(workspace, conversation, author, index, end - (count - index) * minuteMs);
  }
  conversation.createdAt = conversation.messages[0]?.createdAt ?? before.createdAt;
  if (before.messages.length > 0) goOnWith(conversation, before, count);
  workspace.tally.update(conversation);
  workspace.activity.place([conversation]);
}

/** What the conversation held comes after so many more. */
function goOnWith(
  conversation: StoredConversation,
  before: StoredConversation,
  count: number,
): void {
  const later = (number: number): number => (number === 0 ? 0 : number + count);
  const laterMark = ({ delivered, read }: Mark): Mark => ({
    delivered: later(delivered),
    read: later(read),
  });
  for (const message of before.messages) {
    message.position += count;
    message.seq += count;
    if (message.publicPosition !== null) message.publicPosition += count;
    if (message.publicSeq !== null) message.publicSeq += count;
    conversation.messages.push(message);
  }
  conversation.lastSeq = before.lastSeq + count;
  conversation.lastPublicSeq = before.lastPublicSeq + count;
  conversation.lastContactPosition = later(before.lastContactPosition);
  conversation.waitingSince = before.waitingSince;
  conversation.activeAt = before.activeAt;
  conversation.contactMark = laterMark(before.contactMark);
  conversation.agentMarks = new Map(
    [...before.agentMarks].map(([id, mark]) => [id, laterMark(mark)]),
  );
}

function appendSilently(
  workspace: Workspace,
  conversation: StoredConversation,
  author: Author,
  index: number,
  at: number,
): void {
  const clientId = `fill-${conversation.id}-${index}`;
  const text = nth(author.type === 'contact' ? questions : answers, index);
  const line = { author, kind: 'reply', text, clientId } as const;
  const message = createMessage(workspace, conversation, line, at);
  conversation.messages.push(message);
  conversation.activeAt = at;
  if (author.type === 'contact') {
    conversation.waitingSince ??= at;
    conversation.lastContactPosition = message.position;
  } else {
    conversation.waitingSince = null;
  }
}

function contactAuthor(workspace: Workspace, { contactId }: StoredConversation): Author {
  const { id, name, avatarUrl } = contactOf(workspace, contactId);
  return { type: 'contact', id, name, avatarUrl };
}

function agentAuthors(workspace: Workspace): Author[] {
  return [...workspace.agents.values()].map(({ id, name, avatarUrl }) => ({
    type: 'agent',
    id,
    name,
    avatarUrl,
  }));
}
