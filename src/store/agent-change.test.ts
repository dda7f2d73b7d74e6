import { expect } from '@open-wc/testing';
import { createAgentClient } from './agent-client.js';
import { memoryStorage } from './storage.js';
import { createOffice, observe } from './testing.fixture.js';

describe('another agent signs in while a page stays open', () => {
  it('neither sends nor shows the words of the first as those of the second', async () => {
    const { clock, server } = createOffice({
      conversations: [{ id: 'cv_1', messages: [{ text: 'Hi' }] }],
    });
    let token = 'agent|ag_1';
    const storage = memoryStorage();
    const client = createAgentClient({
      transport: server.transport({ getToken: async () => token }),
      workspaceId: server.workspace.id,
      storage,
      clock,
      random: () => 0.5,
    });
    const conversation = client.conversation('cv_1');
    observe(conversation.$thread, conversation.$draft);
    await clock.advance(100);
    server.cut({ stayDown: true });
    conversation.send('reply', 'from Ann');
    conversation.setDraft({ reply: 'draft of Ann' });
    await clock.advance(1_000);
    token = 'agent|ag_2';
    server.restore();
    await clock.advance(60_000);

    expect(client.$me.get()?.id).to.equal('ag_2');
    const stored = server.workspace.conversations.get('cv_1')?.messages ?? [];
    expect(stored.map(({ text }) => text)).not.to.include('from Ann');
    expect(conversation.$thread.get().items.map(({ text }) => text)).to.deep.equal(['Hi']);
    expect(conversation.$draft.get().reply).to.equal('');
    const kept = await storage.entries('outbox/');
    expect(kept.map(([key]) => key.split('/')[2])).to.deep.equal(['ag_1']);
  });
});
