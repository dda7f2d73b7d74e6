import {
  answeredQuestions,
  missingAnswers,
  openQuestions,
  type Contact,
  type ContactForm,
  type ContactPatch,
  type FormAnswers,
  type Group,
  type SystemEvent,
} from '../../domain/index.js';
import { CodedError, limits, type RatingSet } from '../../protocol/index.js';
import { addConversation } from './additions.js';
import type { ContactActs } from './contact-acts.js';
import type { ConversationActs } from './conversation-acts.js';
import type { Lines } from './lines.js';
import type { Tell } from './tell.js';
import {
  contactOf,
  liveConversation,
  type StoredConversation,
  type Workspace,
} from './workspace.js';

/** What a visitor does besides writing. All refuse a blocked contact with `message_refused`. */
export interface VisitorActs {
  /** Stores the answers to open questions; agents read which there were. */
  submitForm(contactId: string, answers: FormAnswers): void;
  /** Rates the live conversation; the same again changes nothing. */
  rate(contactId: string, rating: RatingSet): void;
  /** The group of the live conversation, or of the next one. */
  chooseGroup(contactId: string, groupId: string | null): void;
  /** Makes the live conversation an earlier one, where there is one. */
  restart(contactId: string): void;
}

/** Contacts' own fields and how long they may be; any other question is an attribute. */
const ownFields = new Map<string, number>([
  ['name', limits.nameLength],
  ['email', limits.emailLength],
  ['phone', limits.phoneLength],
]);

export interface VisitorActsOptions {
  workspace: Workspace;
  tell: Tell;
  lines: Lines;
  acts: Pick<ContactActs & ConversationActs, 'updateContact' | 'end'>;
  /** Gives a conversation that waits to who is next. */
  routeIt(conversation: StoredConversation): void;
}

export function createVisitorActs(options: VisitorActsOptions): VisitorActs {
  const { workspace, tell, lines, acts, routeIt } = options;

  return {
    submitForm(contactId, answers) {
      const { form } = workspace.settings;
      requireQuestions(form, answers);
      const contact = welcome(workspace, contactId);
      const known = new Set(answeredQuestions(form, contact));
      const open = form && openQuestions(form, [...known]);
      if (open) acts.updateContact(contactId, patchOf(open, answers));
      const given = answeredQuestions(form, contact).filter((name) => !known.has(name));
      if (given.length === 0) return;
      const live = liveConversation(workspace, contactId);
      if (live) {
        lines.system(live, { type: 'form', given });
        tell.conversation(live);
      } else {
        const before = workspace.formAnswers.get(contactId) ?? [];
        workspace.formAnswers.set(contactId, [...new Set([...before, ...given])]);
      }
    },
    rate(contactId, { score, comment: written }) {
      welcome(workspace, contactId);
      if (!workspace.settings.askRating) throw new CodedError('forbidden');
      const live = liveConversation(workspace, contactId);
      if (!live) throw new CodedError('conversation_not_found');
      const comment = written?.trim() || null;
      if (live.rating?.score === score && live.rating.comment === comment) return;
      live.rating = { score, comment, at: workspace.now() };
      lines.system(live, { type: 'rated', score, comment });
      tell.conversation(live);
    },
    chooseGroup(contactId, groupId) {
      const group = choosable(workspace, groupId);
      if (groupId !== null && !group) throw new CodedError('group_not_found');
      const contact = welcome(workspace, contactId);
      const live = liveConversation(workspace, contactId);
      if (!live) {
        if (groupId === null) workspace.chosenGroups.delete(contactId);
        else workspace.chosenGroups.set(contactId, groupId);
        return;
      }
      if (live.groupId === groupId) return;
      live.groupId = groupId;
      lines.system(live, groupedBy(contact, group));
      if (live.waitingSince !== null && live.assigneeIds.length === 0) routeIt(live);
      tell.conversation(live);
    },
    restart(contactId) {
      welcome(workspace, contactId);
      const live = liveConversation(workspace, contactId);
      if (!live) return;
      lines.system(live, { type: 'restarted' });
      live.state = 'closed';
      live.waitingSince = null;
      acts.end(live.id);
    },
  };
}

/**
 * A new live conversation before its first message, with what its contact chose and answered. Throws
 * `form_required` while they leave required questions open that come before it.
 */
export function beginConversation(
  workspace: Workspace,
  lines: Lines,
  contact: Contact,
): StoredConversation {
  const { form } = workspace.settings;
  const open =
    form?.when === 'before' ? openQuestions(form, answeredQuestions(form, contact)) : null;
  if (open && missingAnswers(open, { values: {}, consents: {} }).length > 0) {
    throw new CodedError('form_required');
  }
  const group = choosable(workspace, workspace.chosenGroups.get(contact.id) ?? null);
  const given = workspace.formAnswers.get(contact.id);
  const conversation = addConversation(workspace, contact.id, { groupId: group?.id ?? null });
  if (group) lines.system(conversation, groupedBy(contact, group));
  if (given) lines.system(conversation, { type: 'form', given });
  workspace.chosenGroups.delete(contact.id);
  workspace.formAnswers.delete(contact.id);
  return conversation;
}

function welcome(workspace: Workspace, contactId: string): Contact {
  const contact = contactOf(workspace, contactId);
  if (contact.blocked !== null) throw new CodedError('message_refused');
  return contact;
}

/** One that was chosen before may be gone or private by now. */
function choosable({ groups }: Workspace, groupId: string | null): Group | null {
  const group = groups.get(groupId ?? '');
  return group?.private === false ? group : null;
}

function groupedBy({ name }: Contact, group: Group | null): SystemEvent {
  const { id = null, name: groupName = null } = group ?? {};
  return { type: 'grouped', byId: null, byName: name, groupId: id, groupName };
}

function requireQuestions(form: ContactForm | null, { values, consents }: FormAnswers): void {
  const keys = new Set(form?.fields.map(({ key }) => key));
  const names = new Set(form?.consents.map(({ name }) => name));
  const isAsked =
    Object.keys(values).every((key) => keys.has(key)) &&
    Object.keys(consents).every((name) => names.has(name));
  if (!isAsked) throw new CodedError('invalid_payload');
}

/** Of the open questions; a blank answer is none. */
function patchOf({ fields, consents }: ContactForm, answers: FormAnswers): ContactPatch {
  const values = new Map(Object.entries(answers.values));
  const agreed = new Map(Object.entries(answers.consents));
  const own: Record<string, string> = {};
  const attributes: Record<string, string> = {};
  for (const { key } of fields) {
    const value = values.get(key)?.trim() ?? '';
    const most = ownFields.get(key);
    if (value === '') continue;
    if (most !== undefined && value.length > most) throw new CodedError('invalid_payload');
    (most === undefined ? attributes : own)[key] = value;
  }
  const asked = consents.filter(({ name }) => agreed.has(name));
  return {
    ...own,
    attributes,
    consents: Object.fromEntries(asked.map(({ name }) => [name, agreed.get(name) === true])),
  };
}
