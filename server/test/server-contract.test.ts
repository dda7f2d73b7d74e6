import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createPhoenixTransport } from '#kit/transport/phoenix/index.js';
import { serverContract, type ServerHarness } from '#kit/transport/server.contract.js';
import type { Transport } from '#kit/transport/transport.js';
import { takeAllIn } from '../src/usecases/sweep-search.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { startFixture } from './app-fixture.js';
import { MailServer, refusal } from './mail-server.js';

/** The whole server and the phoenix transport, over real sockets. */
async function createHarness(): Promise<ServerHarness> {
  const mailServer = new MailServer();
  await mailServer.start();
  const environment = { SMTP_URL: mailServer.url, MAIL_FROM: 'Test shop <mail@shop.example>' };
  const fixture = await startFixture({ environment, emailEveryMs: 20 });
  const { app, storage, workspace, owner } = fixture;
  const agent = await fixture.agent('Bob');
  const agents = { owner, agent };

  const transport = (getToken: () => Promise<string>): Transport =>
    createPhoenixTransport({ url: `${fixture.url}/socket`, getToken, socket: WebSocket });

  return {
    workspaceId: workspace.id,
    agents: { owner: owner.id, agent: agent.id },
    client: (who) => transport(() => fixture.agentToken(agents[who])),
    async visitor() {
      const { caller, token } = await fixture.visitor();
      return { contactId: caller.contactId, transport: transport(async () => token) };
    },
    setRouting: async (routing) => {
      await updateSetting(app.ports, workspace.id, 'routing', routing);
    },
    async setWidget(choices) {
      for (const [name, value] of Object.entries(choices)) {
        await updateSetting(app.ports, workspace.id, name, value);
      }
    },
    end: async (conversationId) => {
      await storage.conversations.update(conversationId, { live: false });
    },
    failMail(words) {
      const [, code = '550', text = ''] = /^(\d{3}) (.*)$/.exec(words ?? '') ?? [];
      mailServer.answer = () => (words === null ? null : refusal(Number(code), text));
    },
    async indexed() {
      await takeAllIn({ storage }, await storage.search.conversations('', 1_000));
    },
    async close() {
      await fixture.close();
      await mailServer.stop();
    },
  };
}

serverContract({ describe, it, before, after }, 'phoenix, over real sockets', createHarness);
