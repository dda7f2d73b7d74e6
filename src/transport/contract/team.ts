import {
  events,
  type ConversationJoined,
  type GroupReply,
  type GroupsChanged,
  type MeReply,
  type RepliesChanged,
  type ReplySaved,
  type TemplatesChanged,
  type TemplateSaved,
} from '../../protocol/index.js';
import { check, same } from './bench.js';
import { nextWord, type ServerTest } from './cast.js';

/** What a team keeps, and how each agent works. */
export function teamContract(test: ServerTest): void {
  test('preferences change one by one, and hold', async (cast) => {
    const { push, heard } = await cast.inbox('agent');
    await push<MeReply>(events.agentPreferences, { enterSends: false });
    const { me } = await push<MeReply>(events.agentPreferences, { sound: 'all' });
    same([me.preferences.enterSends, me.preferences.sound], [false, 'all']);
    await heard<MeReply>(events.meChanged, (changed) => changed.me.version === me.version);
    const joined = await push<{ me: MeReply['me'] }>(events.snapshotGet, {});
    same(joined.me.preferences, me.preferences);
  });

  test('hours are kept, and taken away', async ({ inbox }) => {
    const { push, refusal } = await inbox('agent');
    const week = [[[540, 1020]], [], [], [], [], [], []];
    const hours = { timeZone: 'Europe/Stockholm', week, goOffline: false };
    const kept = (await push<MeReply>(events.agentHours, { hours })).me.hours;
    same([kept?.timeZone, kept?.week, kept?.goOffline], Object.values(hours));
    const nowhere = { ...hours, timeZone: 'Nowhere/At-all' };
    same(await refusal(events.agentHours, { hours: nowhere }), 'invalid_payload');
    same((await push<MeReply>(events.agentHours, { hours: null })).me.hours, null);
  });

  test('owners make groups; all are told, and agents may not', async (cast) => {
    const { agents } = cast.harness;
    const [owner, agent] = await Promise.all([cast.inbox('owner'), cast.inbox('agent')]);
    const fields = {
      name: nextWord(),
      names: { sv: 'Verkstad' },
      private: true,
      memberIds: [agents.agent],
    };
    const { group } = await owner.push<GroupReply>(events.groupSave, fields);
    const has = ({ groups }: GroupsChanged): boolean => groups.some(({ id }) => id === group.id);
    const told = await agent.heard<GroupsChanged>(events.groupsChanged, has);
    same(told.groups.find(({ id }) => id === group.id)?.memberIds, [agents.agent]);
    same(await agent.refusal(events.groupSave, fields), 'forbidden');
    same(await agent.refusal(events.groupDelete, { id: group.id }), 'forbidden');
    const renamed = { ...fields, id: group.id, name: nextWord() };
    const changed = await owner.push<GroupReply>(events.groupSave, renamed);
    same([changed.group.id, changed.group.name], [group.id, renamed.name]);
    same(await owner.push(events.groupDelete, { id: group.id }), {});
    await agent.heard<GroupsChanged>(
      events.groupsChanged,
      (later) => later.version > told.version && !has(later),
    );
    same(await owner.refusal(events.groupDelete, { id: group.id }), 'group_not_found');
  });

  test('a deleted group leaves its contacts without one', async (cast) => {
    const { write } = await cast.visitor();
    const [inbox, thread] = await Promise.all([
      cast.inbox(),
      write('Hello').then((id) => cast.conversation(id)),
    ]);
    const fields = { name: nextWord(), names: {}, private: false, memberIds: [] };
    const { group } = await inbox.push<GroupReply>(events.groupSave, fields);
    await thread.push(events.contactUpdate, { groupId: group.id });
    await inbox.push(events.groupDelete, { id: group.id });
    const { contact } = await thread.push<ConversationJoined>(events.snapshotGet, {});
    same(contact.groupId, null);
  });

  test('an own saved reply is its owner’s alone', async (cast) => {
    const [owner, agent] = await Promise.all([cast.inbox('owner'), cast.inbox('agent')]);
    const own = { shortcut: nextWord(), text: 'Mine', shared: false };
    const { reply } = await agent.push<ReplySaved>(events.replySave, own);
    same(reply.ownerId, cast.harness.agents.agent);
    await agent.heard<RepliesChanged>(events.repliesChanged, ({ saved }) => saved?.id === reply.id);
    const theft = { ...own, id: reply.id, text: 'Not mine' };
    same(await owner.refusal(events.replySave, theft), 'reply_not_found');
    same(await owner.refusal(events.replyDelete, { id: reply.id }), 'reply_not_found');
    const { replies } = await owner.push<{ replies: { id: string }[] }>(events.snapshotGet, {});
    check(!replies.some(({ id }) => id === reply.id), 'It should be in nobody else’s list.');
    await agent.push(events.replyDelete, { id: reply.id });
    await agent.heard<RepliesChanged>(
      events.repliesChanged,
      ({ deletedId }) => deletedId === reply.id,
    );
    const told = JSON.stringify(owner.heardSoFar);
    check(!told.includes(reply.id), 'Another agent was told of it.');
  });

  test('a shared one is changed by its maker and by owners', async (cast) => {
    const [owner, agent] = await Promise.all([cast.inbox('owner'), cast.inbox('agent')]);
    const shared = { shortcut: nextWord(), text: 'Hello {{contact.firstName}}', shared: true };
    const { reply } = await owner.push<ReplySaved>(events.replySave, shared);
    same(reply.ownerId, null);
    await agent.heard<RepliesChanged>(events.repliesChanged, ({ saved }) => saved?.id === reply.id);
    const change = { ...shared, id: reply.id, text: 'Hi' };
    same(await agent.refusal(events.replySave, change), 'forbidden');
    same(await agent.refusal(events.replyDelete, { id: reply.id }), 'forbidden');
    same(await owner.refusal(events.replySave, shared), 'shortcut_taken');
    const changed = await owner.push<ReplySaved>(events.replySave, change);
    check(changed.reply.version > reply.version, 'The version should rise.');
    await owner.push(events.replySave, { ...change, shared: false });
    await agent.heard<RepliesChanged>(
      events.repliesChanged,
      ({ deletedId }) => deletedId === reply.id,
    );
    await owner.push(events.replyDelete, { id: reply.id });
  });

  test('templates are made, changed and deleted; all are told', async (cast) => {
    const [owner, agent] = await Promise.all([cast.inbox('owner'), cast.inbox('agent')]);
    const fields = { name: nextWord(), subject: 'Your bike', body: 'It is **ready**.' };
    const { template } = await agent.push<TemplateSaved>(events.templateSave, fields);
    same([template.name, template.subject, template.body], Object.values(fields));
    await owner.heard<TemplatesChanged>(
      events.templatesChanged,
      ({ saved }) => saved?.id === template.id,
    );
    const renamed = { ...fields, id: template.id, name: nextWord() };
    same(
      (await agent.push<TemplateSaved>(events.templateSave, renamed)).template.name,
      renamed.name,
    );
    await agent.push(events.templateDelete, { id: template.id });
    await owner.heard<TemplatesChanged>(
      events.templatesChanged,
      ({ deletedId }) => deletedId === template.id,
    );
    const gone = { id: template.id };
    same(await agent.refusal(events.templateDelete, gone), 'template_not_found');
  });
}
