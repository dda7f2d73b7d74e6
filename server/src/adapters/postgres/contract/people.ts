import assert from 'node:assert/strict';
import { defaultSettings } from '#kit/domain/index.js';
import { aContact, anAgent, aScene, aWorkspace, newId } from '../testing/fixtures.js';
import type { Runner, Subject } from './subject.js';

export function peopleContract({ describe, it }: Runner, subject: Subject): void {
  describe('workspaces', () => {
    it('come back as they were stored', async () => {
      const { workspaces } = subject.storage;
      const workspace = aWorkspace({
        allowedOrigins: ['https://shop.example'],
        hostAuth: { type: 'secret', secrets: ['a', 'b'], issuer: 'shop', audience: null },
      });
      await workspaces.create(workspace);
      assert.deepEqual(await workspaces.get(workspace.id), workspace);
      assert.ok((await workspaces.list()).some(({ id }) => id === workspace.id));
      assert.equal(await workspaces.get('ws_none'), null);
    });

    it('have what is younger than they are by default, also within the look', async () => {
      const { workspaces } = subject.storage;
      const { id } = aWorkspace();
      await workspaces.create(aWorkspace({ id }));
      const settings = {
        greeting: 'Hello',
        look: { position: 'lb', colors: { chatBg: '#ffffff' } },
      };
      await subject.rows('update workspaces set settings = $2 where id = $1', [id, settings]);
      const { look } = defaultSettings;
      assert.deepEqual((await workspaces.get(id))?.settings, {
        ...defaultSettings,
        greeting: 'Hello',
        look: { ...look, position: 'lb', colors: { ...look.colors, chatBg: '#ffffff' } },
      });
    });

    it('raise the version with settings and name only', async () => {
      const { workspaces } = subject.storage;
      const { id } = aWorkspace();
      await workspaces.create(aWorkspace({ id }));
      const origins = await workspaces.update(id, { allowedOrigins: ['https://a.example'] });
      const settings = { ...defaultSettings, missedAfterMs: 5 };
      const changed = await workspaces.update(id, { settings });
      const named = await workspaces.update(id, { name: 'Other' });
      assert.equal(origins?.settingsVersion, 1);
      assert.equal(changed?.settingsVersion, 2);
      assert.equal(named?.settingsVersion, 3);
      assert.deepEqual(await workspaces.get(id), named);
      assert.deepEqual(named?.settings, settings);
      assert.deepEqual(named.allowedOrigins, ['https://a.example']);
      assert.equal(await workspaces.update('ws_none', { name: 'x' }), null);
    });
  });

  describe('agents', () => {
    it('come back as they were stored', async () => {
      const { agents, workspaces } = subject.storage;
      const { id: workspaceId } = aWorkspace();
      await workspaces.create(aWorkspace({ id: workspaceId }));
      const email = `Ann.${workspaceId}@Shop.Example`;
      const [agent, account] = anAgent(workspaceId, { externalId: 'host-7' }, { email });
      await agents.create(agent, account);
      const stored = { ...account, email: email.toLowerCase() };
      assert.deepEqual(await agents.get(agent.id), agent);
      assert.deepEqual(await agents.list(workspaceId), [agent]);
      assert.deepEqual(await agents.byExternalId(workspaceId, 'host-7'), agent);
      assert.equal(await agents.byExternalId('ws_other', 'host-7'), null);
      assert.deepEqual(await agents.account(agent.id), stored);
      assert.deepEqual(await agents.byEmail(email.toUpperCase()), { agent, account: stored });
      assert.equal(await agents.byEmail('nobody@shop.example'), null);
    });

    it('raise the version with a change', async () => {
      const { agents } = subject.storage;
      const { agentIds } = await aScene(subject.storage);
      const changed = await agents.update(agentIds[0], { name: 'Zoe', status: 'invisible' });
      assert.deepEqual(changed, await agents.get(agentIds[0]));
      assert.deepEqual([changed?.name, changed?.status, changed?.version], ['Zoe', 'invisible', 2]);
      assert.equal(await agents.update('ag_none', { name: 'x' }), null);
    });

    it('have emails that no other agent of the server has', async () => {
      const { agents } = subject.storage;
      const { workspaceId, agentIds } = await aScene(subject.storage);
      const email = `${newId('mail')}@shop.example`;
      await agents.updateAccount(agentIds[0], { email, passwordHash: 'hash' });
      const taken = { name: 'CodedError', code: 'email_taken' };
      await assert.rejects(
        agents.updateAccount(agentIds[1], { email: email.toUpperCase() }),
        taken,
      );
      await assert.rejects(agents.create(...anAgent(workspaceId, {}, { email })), taken);
      await agents.updateAccount(agentIds[1], {});
      assert.equal((await agents.account(agentIds[0]))?.passwordHash, 'hash');
      assert.equal((await agents.account(agentIds[1]))?.email, null);
      assert.equal((await agents.list(workspaceId)).length, 2);
    });

    it('stand in groups', async () => {
      const { workspaceId, agentIds } = await aScene(subject.storage);
      const id = newId('gr');
      await subject.rows('insert into groups values ($1, $2, $3)', [id, workspaceId, 'Sales']);
      for (const agentId of agentIds) {
        await subject.rows('insert into group_members values ($1, $2)', [id, agentId]);
      }
      const memberIds = [...agentIds].sort();
      const found = (await subject.storage.groups.list(workspaceId)).groups;
      const group = { id, name: 'Sales', names: {}, private: false, memberIds, version: 1 };
      assert.deepEqual(found, [group]);
    });
  });

  describe('groups', () => {
    const group = { name: 'Sales', names: { de: 'Verkauf' }, private: true };

    it('are saved whole, and the number of their workspace rises', async () => {
      const { groups } = subject.storage;
      const { workspaceId, agentIds } = await aScene(subject.storage);
      const id = newId('gr');
      const before = (await groups.list(workspaceId)).version;
      const made = await groups.save({ ...group, id, workspaceId, memberIds: agentIds });
      assert.deepEqual([made.version, made.memberIds], [1, [...agentIds].sort()]);
      const changed = await groups.save({ ...group, id, workspaceId, memberIds: [agentIds[0]] });
      assert.equal(changed.version, 2);
      assert.deepEqual(await groups.get(workspaceId, id), changed);
      const listed = await groups.list(workspaceId);
      assert.deepEqual(listed, { groups: [changed], version: before + 2 });
      const other = await aScene(subject.storage);
      const foreign = { ...group, memberIds: [], workspaceId: other.workspaceId };
      await assert.rejects(groups.save({ ...foreign, id }), /group_not_found/);
      await assert.rejects(
        groups.save({ ...foreign, id: newId('gr'), memberIds: [agentIds[0]] }),
        /agent_not_found/,
      );
      assert.equal(await groups.get(other.workspaceId, id), null);
      await groups.delete(other.workspaceId, id);
      assert.deepEqual(await groups.get(workspaceId, id), changed);
      await groups.delete(workspaceId, id);
      assert.deepEqual((await groups.list(workspaceId)).groups, []);
    });
  });

  describe('jobs', () => {
    it('give their turn to one of those who come at once, and again when it is time', async () => {
      const { jobs } = subject.storage;
      const name = newId('job');
      const ask = (now: number) => jobs.turn({ name, now, everyMs: 1_000 });
      assert.equal(await ask(5_000), null);
      assert.equal(await ask(5_999), null);
      const turns = await Promise.all([ask(6_000), ask(6_000), ask(6_000)]);
      assert.deepEqual(
        turns.filter((turn) => turn !== null),
        [{ since: 5_000 }],
      );
      const fault = new Error('cut off');
      const failed = subject.storage.transaction(async (repositories) => {
        assert.deepEqual(await repositories.jobs.turn({ name, now: 9_000, everyMs: 1_000 }), {
          since: 6_000,
        });
        throw fault;
      });
      await assert.rejects(failed, fault);
      assert.deepEqual(await ask(9_000), { since: 6_000 });
    });
  });

  describe('sessions', () => {
    it('give the agent of a link once, and only in time', async () => {
      const { sessions } = subject.storage;
      const { agentIds } = await aScene(subject.storage);
      const [hash, late] = [newId('hash'), newId('hash')];
      await sessions.createLink({ hash, agentId: agentIds[0], expiresAt: 2_000 });
      await sessions.createLink({ hash: late, agentId: agentIds[0], expiresAt: 2_000 });
      assert.equal(await sessions.consumeLink(hash, 1_999), agentIds[0]);
      assert.equal(await sessions.consumeLink(hash, 1_999), null);
      assert.equal(await sessions.consumeLink(late, 2_000), null);
      assert.equal(await sessions.consumeLink('none', 0), null);
    });

    it('last until they expire or are removed', async () => {
      const { sessions } = subject.storage;
      const { agentIds } = await aScene(subject.storage);
      const [hash, other] = [newId('hash'), newId('hash')];
      const agentId = agentIds[0];
      await sessions.create({ hash, agentId, createdAt: 0, expiresAt: 100 });
      await sessions.create({ hash: other, agentId, createdAt: 50, expiresAt: 200 });
      assert.deepEqual(await sessions.find(hash, 99), { agentId });
      assert.equal(await sessions.find(hash, 100), null);
      await sessions.remove(other);
      assert.equal(await sessions.find(other, 99), null);
    });
  });

  describe('contacts', () => {
    it('change the named fields only, raising versions', async () => {
      const { contacts, conversations } = subject.storage;
      const { contactId, conversationId } = await aScene(subject.storage);
      await contacts.update(contactId, { name: 'Ida', phone: '1' });
      const changed = await contacts.update(contactId, { email: 'ida@home.example', phone: '' });
      assert.deepEqual(changed, await contacts.get(contactId));
      assert.deepEqual(
        [changed?.name, changed?.email, changed?.phone, changed?.version],
        ['Ida', 'ida@home.example', null, 3],
      );
      const card = await conversations.snapshot(conversationId);
      assert.equal(card?.contact.name, 'Ida');
      assert.equal(card.version, 3);
      assert.equal(await contacts.update('ct_none', { name: 'x' }), null);
    });

    it('wait for their next conversation with a group, while there is one, and answers', async () => {
      const { contacts, groups } = subject.storage;
      const { workspaceId, contactId } = await aScene(subject.storage);
      const fresh = await contacts.get(contactId);
      assert.deepEqual([fresh?.chosenGroup, fresh?.formAnswered], [null, null]);
      const id = newId('gr');
      const group = { id, workspaceId, name: 'Sales', names: {}, private: false, memberIds: [] };
      await groups.save(group);
      await contacts.note(contactId, { chosenGroup: id, formAnswered: ['name', 'terms'] });
      const noted = await contacts.get(contactId);
      assert.deepEqual([noted?.chosenGroup, noted?.formAnswered], [id, ['name', 'terms']]);
      assert.equal(noted?.version, fresh?.version);
      await groups.delete(workspaceId, id);
      await contacts.note(contactId, { formAnswered: null });
      const left = await contacts.get(contactId);
      assert.deepEqual([left?.chosenGroup, left?.formAnswered], [null, null]);
    });

    it('keep what PostgreSQL refuses out of text', async () => {
      const { contacts } = subject.storage;
      const { workspaceId } = await aScene(subject.storage);
      const contact = aContact(workspaceId, { name: 'a\u0000b\ud800c\ud83d\ude00', email: '' });
      await contacts.create(contact);
      const stored = await contacts.get(`${contact.id}\u0000`);
      assert.equal(stored?.name, 'ab\ufffdc\ud83d\ude00');
      assert.equal(stored.email, null);
    });
  });

  describe('visits', () => {
    it('give the latest one with its latest 20 pages, newest last', async () => {
      const { visits } = subject.storage;
      const { workspaceId, contactId } = await aScene(subject.storage);
      assert.equal(await visits.latest(contactId), null);
      const visit = (id: string, startedAt: number) => ({
        id,
        contactId,
        workspaceId,
        startedAt,
        lastSeenAt: startedAt,
        userAgent: 'Agent',
        browser: 'Firefox',
        system: null,
        referrer: null,
        language: 'sv',
        timeZone: 'Europe/Stockholm',
        ip: '198.51.100.7',
        country: 'SE',
        city: null,
      });
      const latest = newId('vs');
      await visits.start(visit(latest, 100));
      await visits.start(visit(newId('vs'), 50));
      for (let at = 101; at <= 125; at++) {
        await visits.addPage(latest, { url: `/${at}`, title: 'T\u0000', at });
      }
      const found = await visits.latest(contactId);
      const { contactId: _contact, workspaceId: _workspace, ...facts } = visit(latest, 100);
      const pages = Array.from({ length: 20 }, (_, index) => index + 106);
      assert.deepEqual(found, {
        ...facts,
        lastSeenAt: 125,
        pages: pages.map((at) => ({ url: `/${at}`, title: 'T', at })),
      });
    });
  });

  describe('audit', () => {
    it('keeps what was done', async () => {
      const { workspaceId, agentIds } = await aScene(subject.storage);
      const id = newId('au');
      await subject.storage.audit.append({
        id,
        workspaceId,
        actorType: 'agent',
        actorId: agentIds[0],
        action: 'contact.updated',
        targetId: null,
        details: { 'a\u0000': ['\ud800', { b: '\u0000' }], n: 1 },
        at: 7,
      });
      const [row] = await subject.rows('select action, details from audit where id = $1', [id]);
      assert.equal(row?.['action'], 'contact.updated');
      assert.deepEqual(row['details'], { a: ['\ufffd', { b: '' }], n: 1 });
    });
  });
}
