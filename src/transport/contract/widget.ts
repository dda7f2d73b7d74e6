import {
  defaultSettings,
  type ContactForm,
  type SystemEvent,
  type TargetedMessage,
} from '../../domain/index.js';
import {
  events,
  type ConversationJoined,
  type ConversationReply,
  type GroupReply,
  type MessageStored,
  type SettingsChanged,
  type VisitorContactReply,
  type VisitorConversationChanged,
  type VisitorJoined,
} from '../../protocol/index.js';
import { check, same } from './bench.js';
import { nextClientId, nextWord, type Cast, type ServerTest, type WidgetChoices } from './cast.js';

const { form: noForm, targeted: none, askGroup, askRating } = defaultSettings;

const form: ContactForm = {
  when: 'after',
  fields: [
    { key: 'name', labels: {}, required: true },
    { key: 'email', labels: {}, required: false },
    { key: 'Plan', labels: { en: 'Plan' }, required: false },
  ],
  consents: [{ name: 'terms', texts: { en: 'I agree' }, url: null, required: true }],
};

const answers = { values: { name: ' Ada  Lovelace ' }, consents: { terms: true } };

/** What a visitor's widget does besides writing. */
export function widgetContract(test: ServerTest): void {
  /** The workspace is every test's: it is as it was afterwards. */
  const testWith = (
    title: string,
    choices: WidgetChoices,
    body: (cast: Cast) => Promise<void>,
  ): void =>
    test(title, async (cast) => {
      await cast.harness.setWidget(choices);
      try {
        await body(cast);
      } finally {
        await cast.harness.setWidget({ form: noForm, targeted: none, askGroup, askRating });
      }
    });

  testWith('answers before the first message stand at the start', { form }, async (cast) => {
    const { wire, write } = await cast.visitor();
    const { contact } = await wire.push<VisitorContactReply>(events.formSubmit, answers);
    same([contact.name, contact.given], ['Ada Lovelace', ['name', 'terms']]);
    await wire.heard<VisitorContactReply>(
      events.contactChanged,
      (told) => told.contact.given.length === 2,
    );
    const id = await write('Hello');
    same(await linesOf(cast, id), ['form name terms', 'Hello']);
    const more = { values: { email: 'ada@example.com' }, consents: {} };
    await wire.push(events.formSubmit, more);
    same((await linesOf(cast, id)).at(-1), 'form email');
    const rejoined = await wire.push<VisitorJoined>(events.snapshotGet, {});
    same(rejoined.contact.given.toSorted(), ['email', 'name', 'terms']);
  });

  testWith('what was given stays, and a blank answer is none', { form }, async (cast) => {
    const { wire, write } = await cast.visitor();
    const id = await write('Hello');
    await wire.push(events.formSubmit, { values: { name: 'Ada', Plan: ' ' }, consents: {} });
    await wire.push(events.formSubmit, { values: { name: 'Eve', Plan: 'Pro' }, consents: {} });
    const { contact } = await (
      await cast.conversation(id)
    ).push<ConversationJoined>(events.snapshotGet, {});
    same([contact.name, contact.attributes], ['Ada', [{ key: 'Plan', value: 'Pro' }]]);
    same(await linesOf(cast, id), ['Hello', 'form name', 'form Plan']);
  });

  testWith('what nobody asks is refused, and what is no address', { form }, async (cast) => {
    const { wire } = await cast.visitor();
    const refusal = (values: object, consents: object = {}): Promise<string> =>
      wire.refusal(events.formSubmit, { values, consents });
    same(await refusal({ notes: 'x' }), 'invalid_payload');
    same(await refusal({}, { marketing: true }), 'invalid_payload');
    same(await refusal({ email: 'nobody' }), 'invalid_email');
    const { contact } = await wire.push<VisitorJoined>(events.snapshotGet, {});
    same(contact.given, []);
  });

  testWith('required answers come before a conversation begins', { form }, async (cast) => {
    const early = await cast.visitor();
    await early.write('Before the form was');
    await cast.harness.setWidget({ form: { ...form, when: 'before' } });
    await early.write('This one goes on');
    const { wire, write } = await cast.visitor();
    const message = { clientId: nextClientId(), text: 'Hello' };
    same(await wire.refusal(events.messageSend, message), 'form_required');
    const half = { values: { name: 'Ada' }, consents: { terms: false } };
    const { contact } = await wire.push<VisitorContactReply>(events.formSubmit, half);
    same(contact.given, ['name']);
    same(await wire.refusal(events.messageSend, message), 'form_required');
    await wire.push(events.formSubmit, { values: {}, consents: { terms: true } });
    await wire.push(events.messageSend, message);
    await write('And more');
    await cast.harness.setWidget({ form: { ...form, when: 'offline' } });
    await (await cast.visitor()).write('Only the widget asks here');
  });

  testWith('a group is of the next conversation, once', { askGroup: true }, async (cast) => {
    const { wire, write } = await cast.visitor();
    const inbox = await cast.inbox();
    const fields = { name: nextWord(), names: {}, private: false, memberIds: [] };
    const { group } = await inbox.push<GroupReply>(events.groupSave, fields);
    const { settings } = await wire.heard<SettingsChanged>(events.settings, (told) =>
      told.settings.groups.some(({ id }) => id === group.id),
    );
    check(settings.version > wire.reply.settings.version, 'The version should rise.');
    const { id: groupId } = group;
    const chosen = `grouped ${group.name} ${groupId} by null`;
    await wire.push(events.groupChoose, { groupId });
    const first = await write('How much is it?');
    same(await linesOf(cast, first), [chosen, 'How much is it?']);
    await wire.push(events.groupChoose, { groupId });
    await wire.push(events.groupChoose, { groupId: null });
    same((await linesOf(cast, first)).slice(2), ['grouped null null by null']);
    await wire.push(events.conversationRestart, {});
    same(await linesOf(cast, await write('Anew')), ['Anew']);
    await inbox.push(events.groupSave, { ...fields, id: groupId, private: true });
    same(await wire.refusal(events.groupChoose, { groupId }), 'group_not_found');
    same(await wire.refusal(events.groupChoose, { groupId: 'gr_none' }), 'group_not_found');
    await inbox.push(events.groupDelete, { id: groupId });
  });

  testWith('a rating is changed, with a line for each change', {}, async (cast) => {
    const { wire, write } = await cast.visitor();
    const rate = (score: number, comment: string | null = null) =>
      wire.push<VisitorConversationChanged>(events.ratingSet, { score, comment });
    const bad = { score: 2, comment: null };
    same(await wire.refusal(events.ratingSet, bad), 'conversation_not_found');
    const id = await write('Hello');
    const inbox = await cast.inbox();
    await rate(2, ' Slow ');
    await rate(2, 'Slow');
    const { conversation } = await rate(5, ' ');
    same([conversation?.rating?.score, conversation?.rating?.comment], [5, null]);
    same(await linesOf(cast, id), ['Hello', 'rated 2 Slow', 'rated 5 null']);
    await inbox.heard<ConversationReply>(
      events.conversationChanged,
      (told) => told.conversation.id === id && told.conversation.rating?.score === 5,
    );
    check(!JSON.stringify(wire.heardSoFar).includes('"rated"'), 'It is a line for agents only.');
    await cast.harness.setWidget({ askRating: false });
    same(await wire.refusal(events.ratingSet, bad), 'forbidden');
  });

  testWith('a restart ends the conversation', {}, async (cast) => {
    const { wire, write } = await cast.visitor();
    await wire.push(events.conversationRestart, {});
    const id = await write('Old');
    await wire.push(events.conversationRestart, {});
    await wire.heard<VisitorConversationChanged>(
      events.conversationChanged,
      ({ conversation }) => conversation === null,
    );
    const thread = await cast.conversation(id);
    same(thread.reply.conversation.live, false);
    same(await linesOf(cast, id), ['Old', 'restarted']);
    check((await write('New')) !== id, 'The next message should start a new one.');
  });

  testWith('who is blocked does none of it', { form }, async (cast) => {
    const { wire, write } = await cast.visitor();
    const thread = await cast.conversation(await write('Hello'));
    await thread.push(events.contactBlock, { address: false });
    const refused = await Promise.all([
      wire.refusal(events.formSubmit, answers),
      wire.refusal(events.ratingSet, { score: 5, comment: null }),
      wire.refusal(events.groupChoose, { groupId: null }),
      wire.refusal(events.conversationRestart, {}),
    ]);
    same(
      refused,
      Array.from(refused, () => 'message_refused'),
    );
  });

  const target: TargetedMessage = {
    id: 'tm_hello',
    active: true,
    when: 'either',
    match: 'all',
    conditions: [],
    action: { type: 'message', texts: { en: 'Need help?' } },
    repeat: 'once',
  };
  const targeted = [target, { ...target, id: 'tm_off', active: false }];

  testWith('what the page showed stands before the message', { targeted }, async (cast) => {
    const { wire } = await cast.visitor();
    same(
      wire.reply.settings.targeted.map(({ id }) => id),
      [target.id],
    );
    const shown = [
      { text: 'Need help?', targetedId: target.id },
      { text: ' ', targetedId: null },
      { text: 'Or not?', targetedId: 'tm_unknown' },
    ];
    const sent = { clientId: nextClientId(), text: 'Yes', shown };
    const { message } = await wire.push<MessageStored>(events.messageSend, sent);
    await wire.push(events.messageSend, sent);
    same(message.position, 3);
    same(await linesOf(cast, message.conversationId), [
      `shown Need help? ${target.id}`,
      'shown Or not? null',
      'Yes',
    ]);
    await wire.heard<MessageStored>(
      events.messageChanged,
      (told) => told.message.system?.type === 'shown' && told.message.position === 2,
    );
  });
}

/** What happened in a thread, as agents read it. */
async function linesOf(cast: Cast, id: string): Promise<string[]> {
  const { reply, leave } = await cast.conversation(id, 'agent');
  leave();
  return reply.messages.messages.map(({ system, text }) => (system ? inWords(system) : text));
}

function inWords(line: SystemEvent): string {
  switch (line.type) {
    case 'form':
      return `form ${line.given.join(' ')}`;
    case 'grouped':
      return `grouped ${String(line.groupName)} ${String(line.groupId)} by ${String(line.byId)}`;
    case 'rated':
      return `rated ${line.score} ${String(line.comment)}`;
    case 'shown':
      return `shown ${line.text} ${String(line.targetedId)}`;
    default:
      return line.type;
  }
}
