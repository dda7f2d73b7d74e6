import type { SystemEvent } from '../../domain/index.js';
import {
  CodedError,
  events,
  type BulkDone,
  type ContactReply,
  type ConversationJoined,
  type ConversationRemoved,
  type ConversationReply,
  type ConversationWindow,
  type GroupReply,
  type MessageStored,
  type VisitorConversationChanged,
} from '../../protocol/index.js';
import { check, same } from './bench.js';
import { nextClientId, nextWord, type Cast, type ServerTest } from './cast.js';

const comment = (text: string, mentions: string[] = []): object => ({
  clientId: nextClientId(),
  kind: 'comment',
  text,
  mentions,
});

async function linesOf(cast: Cast, id: string): Promise<(SystemEvent['type'] | undefined)[]> {
  const { push } = await cast.conversation(id, 'agent');
  const { messages } = await push<ConversationJoined>(events.snapshotGet, {});
  return messages.messages.flatMap(({ system }) => (system ? [system.type] : []));
}

/** What is done to one conversation, or to several at once. */
export function conversationsContract(test: ServerTest): void {
  test('several are closed and opened again, each told in its thread', async (cast) => {
    const [one, two] = await Promise.all([cast.visitor(), cast.visitor()]);
    const ids = await Promise.all([one.write('One'), two.write('Two')]);
    const inbox = await cast.inbox();
    const closed = await inbox.push<BulkDone>(events.conversationsClose, {
      ids: [...ids, 'cv_unknown'],
    });
    same(closed.ids.sort(), [...ids].sort());
    for (const id of ids) {
      await inbox.heard<ConversationReply>(
        events.conversationChanged,
        ({ conversation }) => conversation.id === id && conversation.state === 'closed',
      );
    }
    await inbox.push(events.conversationsReopen, { ids });
    const changed = await inbox.heard<ConversationReply>(
      events.conversationChanged,
      ({ conversation: { id, state, version } }) =>
        id === ids[0] && state === 'open' && version > 2,
    );
    same(changed.conversation.state, 'open');
    same(await linesOf(cast, ids[0] ?? ''), ['closed', 'reopened']);
    const { waitingSince, lastMessage } = changed.conversation;
    same(waitingSince, lastMessage?.createdAt);
  });

  test('one that is deleted is gone for all, and its visitor begins anew', async (cast) => {
    const { wire, write } = await cast.visitor();
    const id = await write('Old');
    const [inbox, thread] = await Promise.all([cast.inbox(), cast.conversation(id, 'agent')]);
    const { ids } = await inbox.push<BulkDone>(events.conversationsDelete, { ids: [id] });
    same(ids, [id]);
    const isIt = ({ conversationId }: ConversationRemoved): boolean => conversationId === id;
    await inbox.heard<ConversationRemoved>(events.conversationRemoved, isIt);
    await thread.heard<ConversationRemoved>(events.conversationRemoved, isIt);
    await wire.heard<VisitorConversationChanged>(
      events.conversationChanged,
      ({ conversation }) => conversation === null,
    );
    const refused = await cast.conversation(id, 'owner').catch((error: unknown) => error);
    same(refused instanceof CodedError && refused.code, 'conversation_not_found');
    check((await write('New')) !== id, 'A new message should start a new conversation.');
  });

  test('is deleted from its own topic too', async (cast) => {
    const { write } = await cast.visitor();
    const id = await write('Hello');
    const [inbox, thread] = await Promise.all([cast.inbox('agent'), cast.conversation(id)]);
    same(await thread.push(events.conversationDelete, {}), {});
    await inbox.heard<ConversationRemoved>(
      events.conversationRemoved,
      ({ conversationId }) => conversationId === id,
    );
    same((await inbox.push<BulkDone>(events.conversationsClose, { ids: [id] })).ids, []);
    same((await inbox.push<BulkDone>(events.conversationsDelete, { ids: [id] })).ids, [id]);
  });

  test('is given to a group and taken from it, told in its thread', async (cast) => {
    const { write } = await cast.visitor();
    const id = await write('Hello');
    const [inbox, thread] = await Promise.all([cast.inbox(), cast.conversation(id)]);
    const name = nextWord();
    const fields = { name, names: {}, private: false, memberIds: [] };
    const { group } = await inbox.push<GroupReply>(events.groupSave, fields);
    const assignGroup = (groupId: string | null): Promise<ConversationReply> =>
      thread.push<ConversationReply>(events.conversationAssignGroup, { groupId });
    same((await assignGroup(group.id)).conversation.groupId, group.id);
    const { message } = await thread.heard<MessageStored>(
      events.messageChanged,
      ({ message: { system } }) => system?.type === 'grouped',
    );
    const { agents } = cast.harness;
    const line = message.system as SystemEvent & { type: 'grouped' };
    same([line.byId, line.groupId, line.groupName], [agents.owner, group.id, name]);
    same(
      await thread.refusal(events.conversationAssignGroup, { groupId: 'gr_unknown' }),
      'group_not_found',
    );
    same((await assignGroup(null)).conversation.groupId, null);
    await assignGroup(group.id);
    await thread.push(events.contactUpdate, { groupId: group.id });
    await inbox.push(events.groupDelete, { id: group.id });
    await thread.heard<ContactReply>(
      events.contactChanged,
      ({ contact }) => contact.groupId === null && contact.version > 1,
    );
    await thread.heard<ConversationReply>(
      events.conversationChanged,
      ({ conversation }) => conversation.groupId === null && conversation.version > 4,
    );
  });

  test('an agent’s first reply is told as joining, and a visitor’s reopens', async (cast) => {
    const { agents } = cast.harness;
    const { write } = await cast.visitor();
    const id = await write('Hello');
    const thread = await cast.conversation(id);
    const reply = (text: string): Promise<unknown> =>
      thread.push(events.messageSend, { clientId: nextClientId(), kind: 'reply', text });
    // Somebody has it already: who replies joins all the same.
    await thread.push(events.conversationAssign, { assigneeIds: [agents.agent] });
    await reply('I help out.');
    await reply('And more.');
    await thread.push(events.conversationClose, {});
    same(await write('One more thing'), id);
    same(await linesOf(cast, id), ['assigned', 'joined', 'closed', 'reopened']);
    const { messages } = await thread.push<ConversationJoined>(events.snapshotGet, {});
    const line = messages.messages.at(-2)?.system as SystemEvent & { type: 'reopened' };
    same([line.type, line.byId, line.byName], ['reopened', null, null]);
  });

  test('a comment that is edited names who is new in it, and whoever it names still', async (cast) => {
    const { agents } = cast.harness;
    const { write } = await cast.visitor();
    const id = await write('Hello');
    const [inbox, thread] = await Promise.all([cast.inbox('agent'), cast.conversation(id)]);
    const name = inbox.reply.agents.find((one) => one.id === agents.agent)?.name ?? '';
    const { message } = await thread.push<MessageStored>(events.messageSend, comment('Look'));
    const edit = async (text: string): Promise<string[]> => {
      const given = { messageId: message.id, text };
      return (await thread.push<MessageStored>(events.messageEdit, given)).message.mentions;
    };
    same(await edit(`Look, @${name}`), [agents.agent]);
    const { conversation } = await inbox.heard<ConversationReply>(
      events.conversationChanged,
      ({ conversation: { mentions } }) => agents.agent in mentions,
    );
    same(conversation.mentions, { [agents.agent]: message.position });
    same(await edit(`@${name}, look`), [agents.agent]);
    same(await edit('Never mind'), []);
  });

  test('a comment names agents; the visitor hears nothing of it', async (cast) => {
    const { agents } = cast.harness;
    const { wire, write } = await cast.visitor();
    const id = await write('Hello');
    const [inbox, thread] = await Promise.all([cast.inbox('agent'), cast.conversation(id)]);
    const { message } = await thread.push<MessageStored>(
      events.messageSend,
      comment('Look at this', [agents.agent]),
    );
    same(message.mentions, [agents.agent]);
    const { conversation } = await inbox.heard<ConversationReply>(
      events.conversationChanged,
      ({ conversation: { mentions } }) => agents.agent in mentions,
    );
    same(conversation.mentions, { [agents.agent]: message.position });
    same(
      await thread.refusal(events.messageSend, comment('Who?', ['ag_unknown'])),
      'agent_not_found',
    );
    const reply = { clientId: nextClientId(), kind: 'reply', text: 'Hi' };
    const naming = { ...reply, mentions: [agents.agent] };
    same(await thread.refusal(events.messageSend, naming), 'invalid_payload');
    await thread.push(events.messageSend, reply);
    const told = await wire.heard<MessageStored>(
      events.messageChanged,
      ({ message: { text } }) => text === 'Hi',
    );
    same([told.message.mentions, told.message.email], [[], null]);
    const all = JSON.stringify(wire.heardSoFar);
    check(!all.includes('Look at this'), 'A visitor was told a comment.');
    check(!all.includes('"groupId"'), 'A visitor was told what agents keep.');
  });

  test('an earlier one is listed and read, and changed no more', async (cast) => {
    const { write } = await cast.visitor();
    const old = await write('Old');
    const { push } = await cast.conversation(old, 'agent');
    const { message } = await push<MessageStored>(events.messageSend, comment('Mine'));
    await cast.harness.end(old);
    const live = await write('New');
    check(live !== old, 'A new message should start a new conversation.');
    const thread = await cast.conversation(live);
    const { conversations } = await thread.push<ConversationWindow>(events.contactEarlier, {});
    same(
      conversations.map((each) => [each.id, each.live]),
      [[old, false]],
    );
    const earlier = await cast.conversation(old);
    same(earlier.reply.messages.messages.at(-1)?.text, 'Mine');
    const refused: [string, object][] = [
      [events.messageSend, comment('Too late')],
      [events.conversationAssign, { assigneeIds: [] }],
      [events.conversationClose, {}],
      [events.conversationReopen, {}],
      [events.conversationAssignGroup, { groupId: null }],
      [events.conversationDelete, {}],
    ];
    for (const [event, payload] of refused) {
      same([event, await earlier.refusal(event, payload)], [event, 'conversation_ended']);
    }
    const { agents } = cast.harness;
    check(message.author.id === agents.agent, 'The comment should be the agent’s.');
  });

  test('routing gives each new one to the next who is online', async (cast) => {
    const { agents } = cast.harness;
    const inbox = await cast.inbox('owner');
    await cast.inbox('agent');
    await cast.harness.setRouting('round_robin');
    try {
      const given: string[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const { write } = await cast.visitor();
        const id = await write('Next, please');
        const { conversation } = await inbox.heard<ConversationReply>(
          events.conversationChanged,
          (changed) =>
            changed.conversation.id === id && changed.conversation.assigneeIds.length > 0,
        );
        given.push(...conversation.assigneeIds);
      }
      same(given.sort(), [agents.owner, agents.agent].sort());
    } finally {
      await cast.harness.setRouting('none');
    }
  });
}
