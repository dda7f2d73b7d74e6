import { expect } from '@open-wc/testing';
import type { Hours } from '../domain/index.js';
import { CodedError } from '../protocol/index.js';
import { createOffice, observe } from './testing.fixture.js';

const hours: Hours = {
  timeZone: 'Europe/Stockholm',
  week: [[[540, 1_020]], [], [], [], [], [], []],
  goOffline: true,
};

async function code(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );
}

describe('how an agent works', () => {
  it('is shown at once, kept by the server, and the rest of it stays', async () => {
    const { agent, clock, server } = createOffice();
    const client = agent();
    observe(client.$me);
    await clock.advance(0);
    const saved = client.setPreferences({ enterSends: false });
    expect(client.$me.get()?.preferences.enterSends).to.equal(false);
    const also = client.setPreferences({ desktop: 'mine' });
    await clock.advance(0);
    await Promise.all([saved, also]);

    const { preferences } = client.$me.get() ?? {};
    expect(preferences).to.include({ enterSends: false, desktop: 'mine', shortcuts: true });
    expect(server.workspace.agents.get('ag_1')?.preferences).to.deep.equal(preferences);
  });

  it('is undone where it is refused, without what was changed besides', async () => {
    const { agent, clock, server } = createOffice();
    const client = agent();
    observe(client.$me);
    await clock.advance(0);
    const lost = code(client.setHours(hours));
    const also = code(client.setPreferences({ shortcuts: false }));
    expect(client.$me.get()?.hours).to.deep.equal(hours);
    server.cut({ stayDown: true });
    await clock.advance(0);

    expect([await lost, await also]).to.deep.equal(['connection_lost', 'connection_lost']);
    expect(client.$me.get()?.hours).to.equal(null);
    expect(client.$me.get()?.preferences.shortcuts).to.equal(true);
  });

  it('S4.3 hours with a time zone are set, and taken away', async () => {
    const { agent, clock, server } = createOffice();
    const client = agent();
    observe(client.$me);
    await clock.advance(0);
    const set = client.setHours(hours);
    await clock.advance(0);
    await set;
    expect(server.workspace.agents.get('ag_1')?.hours).to.deep.equal(hours);
    const wrong = code(client.setHours({ ...hours, timeZone: 'Mars/Olympus' }));
    await clock.advance(0);
    expect(await wrong).to.equal('invalid_payload');
    expect(client.$me.get()?.hours?.timeZone).to.equal('Europe/Stockholm');
    const none = client.setHours(null);
    await clock.advance(0);
    await none;

    expect(client.$me.get()?.hours).to.equal(null);
  });

  it('follows what the agent changed in another window', async () => {
    const { agent, clock } = createOffice();
    const [here, there] = [agent(), agent()];
    observe(here.$me, there.$me);
    await clock.advance(0);
    const saved = there.setPreferences({ badge: 'all' });
    await clock.advance(0);
    await saved;

    expect(here.$me.get()?.preferences.badge).to.equal('all');
  });
});

describe('what a team shares', () => {
  it('S4.6 groups are made, changed and deleted for all agents', async () => {
    const { agent, clock } = createOffice();
    const [ann, bob] = [agent('ag_1'), agent('ag_2')];
    observe(ann.$groups, bob.$groups);
    await clock.advance(0);
    const making = ann.saveGroup({
      name: 'Sales',
      names: { sv: 'Försäljning' },
      private: true,
      memberIds: ['ag_2'],
    });
    await clock.advance(0);
    const group = await making;
    expect(ann.$groups.get()).to.deep.equal([group]);
    expect(bob.$groups.get()).to.deep.equal([group]);
    const { version: _, ...known } = group;
    void ann.saveGroup({ ...known, memberIds: ['ag_1', 'ag_2'] });
    await clock.advance(0);
    expect(bob.$groups.get()[0]?.memberIds).to.deep.equal(['ag_1', 'ag_2']);
    const refused = code(bob.deleteGroup(group.id));
    await clock.advance(0);
    expect(await refused).to.equal('forbidden');
    void ann.deleteGroup(group.id);
    await clock.advance(0);

    expect([ann.$groups.get(), bob.$groups.get()]).to.deep.equal([[], []]);
  });

  it('drops an event of groups that is older than what is known', async () => {
    const { agent, clock, server } = createOffice({ groups: [{ id: 'gr_1', name: 'Sales' }] });
    const client = agent();
    observe(client.$groups);
    await clock.advance(0);
    const topic = `inbox:${server.workspace.id}`;
    server.network.broadcast(topic, 'groups:changed', { groups: [], version: 7 });
    const stale = [
      { id: 'gr_2', name: 'Stale', names: {}, private: false, memberIds: [], version: 1 },
    ];
    server.network.broadcast(topic, 'groups:changed', { groups: stale, version: 6 });
    await clock.advance(0);

    expect(client.$groups.get()).to.deep.equal([]);
  });

  it('saved replies are shared or one’s own, in the order of their shortcuts', async () => {
    const { agent, clock } = createOffice({
      replies: [
        { shortcut: 'thanks', text: 'Thank you!' },
        { shortcut: 'hello', text: 'Hi {{contact.firstName}}' },
      ],
    });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')];
    observe(ann.$replies, bob.$replies);
    await clock.advance(0);
    const making = ann.saveReply({ shortcut: 'mine', text: 'Only me', shared: false });
    await clock.advance(0);
    const own = await making;
    const shortcuts = (client: typeof ann): string[] =>
      client.$replies.get().map(({ shortcut }) => shortcut);
    expect(shortcuts(ann)).to.deep.equal(['hello', 'mine', 'thanks']);
    expect(shortcuts(bob)).to.deep.equal(['hello', 'thanks']);
    void ann.saveReply({ id: own.id, shortcut: 'all', text: 'For all', shared: true });
    await clock.advance(0);
    expect(shortcuts(bob)).to.deep.equal(['all', 'hello', 'thanks']);
    void ann.deleteReply(own.id);
    await clock.advance(0);

    expect([shortcuts(ann), shortcuts(bob)]).to.deep.equal([
      ['hello', 'thanks'],
      ['hello', 'thanks'],
    ]);
  });

  it('email templates come with the join and follow', async () => {
    const { agent, clock } = createOffice({
      templates: [{ name: 'Offer', subject: 'Our offer', body: 'Hello' }],
    });
    const [ann, bob] = [agent('ag_1'), agent('ag_2')];
    observe(ann.$templates, bob.$templates, bob.$mail);
    await clock.advance(0);
    expect(bob.$mail.get()?.configured).to.equal(true);
    const making = ann.saveTemplate({ name: 'Apology', subject: 'Sorry', body: '' });
    await clock.advance(0);
    const { id } = await making;
    expect(bob.$templates.get().map(({ name }) => name)).to.deep.equal(['Apology', 'Offer']);
    void ann.deleteTemplate(id);
    await clock.advance(0);

    expect(bob.$templates.get().map(({ name }) => name)).to.deep.equal(['Offer']);
  });

  it('loses an agent who left', async () => {
    const { agent, clock, server } = createOffice();
    const client = agent();
    observe(client.$agents);
    await clock.advance(0);
    server.network.broadcast(`inbox:${server.workspace.id}`, 'agent:removed', { agentId: 'ag_2' });
    await clock.advance(0);

    expect([...client.$agents.get().keys()]).to.deep.equal(['ag_1']);
  });
});
