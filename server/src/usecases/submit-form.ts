import {
  answeredQuestions,
  openQuestions,
  type ContactForm,
  type FormAnswers,
} from '#kit/domain/contact-form.js';
import type { ContactPatch, VisitorContact } from '#kit/domain/contact.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { VisitorCaller } from '../auth/tokens.js';
import type { ContactFields, ContactRecord } from '../contact-ports.js';
import type { Repositories } from '../ports.js';
import { act, type Emit, type Ports } from './act.js';
import { cleanPatch, contactChanges } from './contact-changes.js';
import { lockVisitor } from './locked-contact.js';
import { LockedConversation } from './locked-conversation.js';
import { tellContact } from './tell-contact.js';
import { ownContactView } from './views.js';

/** The contact's own fields and how long they may be; any other question of a form is an attribute. */
const ownFields = [
  ['name', limits.nameLength],
  ['email', limits.emailLength],
  ['phone', limits.phoneLength],
] as const;

/**
 * What a visitor answers to the workspace's form (S5.7), all questions or some: stored by the rules
 * of an agent's edit. What was given before stays as it was, whoever said it: an agent, the host or
 * another device. Agents read a line of it in the live conversation, or at the start of the next.
 * Rejects with `invalid_payload` for questions that the form does not have, what is too long and no
 * phone number, `invalid_email`, `limit_reached`, `message_refused`, `contact_not_found`, `workspace_not_found`.
 */
export async function submitForm(
  ports: Ports,
  caller: VisitorCaller,
  answers: FormAnswers,
): Promise<VisitorContact> {
  return act(ports, async (repositories, emit) => {
    const workspace = await repositories.workspaces.get(caller.workspaceId);
    if (!workspace) throw new CodedError('workspace_not_found');
    const { form } = workspace.settings;
    requireQuestions(form, answers);
    const before = await lockVisitor(repositories, caller);
    if (before.blocked !== null) throw new CodedError('message_refused');
    const open = form && openQuestions(form, answeredQuestions(form, before));
    const patch = cleanPatch(open ? patchOf(open, answers) : {});
    const fields = contactChanges(before, patch, ports.clock.now());
    const names = Object.keys(fields);
    if (names.length === 0) return ownContactView(before, form);
    const changed = await repositories.contacts.update(before.id, fields);
    if (!changed) throw new CodedError('contact_not_found');
    await noteClaims(repositories, before, fields);
    const known = new Set(answeredQuestions(form, before));
    const given = answeredQuestions(form, changed).filter((name) => !known.has(name));
    await tellAnswers(ports, repositories, emit, changed, given);
    await tellContact(repositories, emit, changed, names);
    return ownContactView(changed, form);
  });
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
  const patch: ContactPatch = {};
  const attributes: [string, string][] = [];
  for (const { key } of fields) {
    const value = values.get(key)?.trim() ?? '';
    if (value === '') continue;
    const own = ownFields.find(([name]) => name === key);
    if (!own) attributes.push([key, value]);
    else if (value.length > own[1]) throw new CodedError('invalid_payload');
    else patch[own[0]] = value;
  }
  const agreed = new Map(Object.entries(answers.consents));
  const asked = consents.filter(({ name }) => agreed.has(name));
  return {
    ...patch,
    attributes: Object.fromEntries(attributes),
    consents: Object.fromEntries(asked.map(({ name }) => [name, agreed.get(name) === true])),
  };
}

/** The host's word takes the place of the visitor's own, as it does of what it said before. */
async function noteClaims(
  { contacts }: Pick<Repositories, 'contacts'>,
  { id, claims }: ContactRecord,
  { name, email }: ContactFields,
): Promise<void> {
  if (name === undefined && email === undefined) return;
  await contacts.note(id, {
    claims: { name: name ?? claims?.name ?? null, email: email ?? claims?.email ?? null },
  });
}

async function tellAnswers(
  ports: Ports,
  repositories: Repositories,
  emit: Emit,
  { id, formAnswered }: ContactRecord,
  given: string[],
): Promise<void> {
  if (given.length === 0) return;
  const live = await repositories.conversations.lockLive(id, 'chat');
  if (!live) {
    const answered = [...new Set([...(formAnswered ?? []), ...given])];
    await repositories.contacts.note(id, { formAnswered: answered });
    return;
  }
  const conversation = new LockedConversation(ports, repositories, emit, live);
  conversation.appendSystem({ type: 'form', given });
  await conversation.save();
}
