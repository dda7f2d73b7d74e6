import {
  firstName,
  folded,
  type Contact,
  type EmailTemplate,
  type Me,
  type SavedReply,
  type VariableValues,
} from '../../domain/index.js';

/** A saved reply or an email template, as it is chosen from a list. */
export interface SavedText {
  id: string;
  /** `/shortcut` of a reply, the name of a template. */
  title: string;
  /** What typing finds it by at first. */
  word: string;
  text: string;
  /** Of a template; empty elsewhere. */
  subject: string;
  /** Only the agent has it. */
  own: boolean;
}

/** More are found by typing. */
const shownAtOnce = 50;

export function ofReplies(replies: readonly SavedReply[]): SavedText[] {
  return replies.map(({ id, shortcut, text, ownerId }) => ({
    id,
    title: `/${shortcut}`,
    word: shortcut,
    text,
    subject: '',
    own: ownerId !== null,
  }));
}

export function ofTemplates(templates: readonly EmailTemplate[]): SavedText[] {
  return templates.map(({ id, name, subject, body }) => ({
    id,
    title: name,
    word: name,
    text: body,
    subject,
    own: false,
  }));
}

/** Those that hold every word of the query, those that begin with it first. */
export function matchingTexts(texts: readonly SavedText[], query: string): SavedText[] {
  const wanted = folded(query.trim());
  if (wanted === '') return texts.slice(0, shownAtOnce);
  const words = wanted.split(/\s+/);
  const begins: SavedText[] = [];
  const holds: SavedText[] = [];
  for (const text of texts) {
    const word = folded(text.word);
    if (word.startsWith(wanted)) begins.push(text);
    else {
      const all = `${word} ${folded(text.subject)} ${folded(text.text)}`;
      if (words.every((one) => all.includes(one))) holds.push(text);
    }
  }
  return [...begins, ...holds].slice(0, shownAtOnce);
}

export interface Writers {
  contact: Pick<Contact, 'name' | 'email' | 'phone'> | null;
  me: Pick<Me, 'name'> | null;
  workspace: { name: string } | null;
}

/** What variables stand for in a conversation (S3.24). */
export function variableValues({ contact, me, workspace }: Writers): VariableValues {
  return {
    'contact.name': contact?.name ?? null,
    'contact.firstName': firstName(contact?.name ?? null),
    'contact.email': contact?.email ?? null,
    'contact.phone': contact?.phone ?? null,
    'agent.name': me?.name ?? null,
    'agent.firstName': firstName(me?.name ?? null),
    'workspace.name': workspace?.name ?? null,
  };
}
