import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { defaultView, type Message } from '#kit/domain/index.js';
import type { AgentTokenReply, VisitorTokenReply } from '#kit/protocol/http.js';
import { newDatabase, skip, type TestDatabase } from '../src/adapters/postgres/testing/database.js';
import { answer, disconnected, nextEvent, realSocket } from '../src/phoenix/testing/real-client.js';
import { clientId } from './app-fixture.js';
import { freePorts, startNodes, type Nodes } from './nodes.js';
import { skipProxy, startProxy, type Proxy } from './proxy.js';
import { RawSocket } from './raw-socket.js';
import { post, refusal, uploaded } from './upload.js';

const redisUrl = process.env['TEST_REDIS_URL'];
const skipRedis: string | false =
  redisUrl === undefined
    ? (process.env['TEST_REDIS_REASON'] ?? 'TEST_REDIS_URL names no Redis to test with')
    : false;

interface Written {
  message: Message;
}

const words = ({ message }: Written): string | null => message.text;

describe('the three servers of compose.yaml', { skip: skip || skipRedis }, () => {
  let database: TestDatabase;
  let nodes: Nodes;
  let proxy: Proxy | null = null;
  let site: string;
  let workspaceId: string;
  let agentToken: string;

  before(async () => {
    database = await newDatabase();
    const [port = 0] = await freePorts(1);
    site = `http://127.0.0.1:${port}`;
    nodes = await startNodes({
      databaseUrl: database.url,
      ...(redisUrl === undefined ? {} : { redisUrl }),
      fromSource: true,
      environment: { PUBLIC_URL: site },
    });
    const servers = nodes.nodes.map(({ url }) => url);
    if (skipProxy) site = servers[0] ?? '';
    else proxy = await startProxy(port, servers);
  });
  after(async () => {
    await proxy?.close();
    await nodes.close();
    await database.drop();
  });

  const visitor = async (): Promise<VisitorTokenReply & { topic: string }> => {
    const reply = await fetch(`${site}/v1/visitor/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workspaceId }),
    });
    assert.equal(reply.status, 200, await reply.clone().text());
    const made = (await reply.json()) as VisitorTokenReply;
    return { ...made, topic: `visitor:${made.contactId}` };
  };

  it('make one workspace between them, and each has a way in for its owner', async () => {
    const links = await Promise.all(
      nodes.nodes.map((node) => node.said(/Sign in: (\S+)\/inbox#code=(\S+)/)),
    );
    const workspaces = new Set<string>();
    for (const [, address, code] of links) {
      if (!skipProxy) assert.equal(address, site);
      const headers = { 'content-type': 'application/json', origin: site };
      const reply = await fetch(`${site}/v1/agent/sign-in-link`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ code }),
      });
      assert.equal(reply.status, 200, await reply.clone().text());
      const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
      const token = await fetch(`${site}/v1/agent/token`, {
        method: 'POST',
        headers: { origin: site, cookie },
      });
      ({ workspaceId, token: agentToken } = (await token.json()) as AgentTokenReply);
      workspaces.add(workspaceId);
    }
    assert.equal(workspaces.size, 1);
  });

  it('carry messages and files between a visitor on one and an agent on another', async () => {
    const [one, , three] = nodes.nodes;
    const { token, topic } = await visitor();
    const mine = await RawSocket.open(one?.url ?? '', token);
    await mine.join(topic);
    const attachment = await uploaded(one?.url ?? '', { token, name: 'a.txt', content: 'a text' });
    const sent = await mine.push<Written>(topic, 'message:send', {
      clientId: clientId(),
      text: 'Hello',
      attachmentIds: [attachment.id],
    });
    const agent = await RawSocket.open(three?.url ?? '', agentToken);
    await agent.join(`inbox:${workspaceId}`, { view: { ...defaultView, name: 'all' } });
    const conversation = `conversation:${sent.message.conversationId}`;
    await agent.join(conversation);
    await agent.push(conversation, 'message:send', {
      clientId: clientId(),
      kind: 'reply',
      text: 'Good day',
    });
    await mine.next<Written>(topic, 'message:changed', (told) => words(told) === 'Good day');
    await mine.push(topic, 'message:send', { clientId: clientId(), text: 'How are you?' });
    await agent.next<Written>(
      conversation,
      'message:changed',
      (told) => words(told) === 'How are you?',
    );
    await Promise.all([mine.close(), agent.close()]);
  });

  it('take WebSocket and longpoll through the proxy', { skip: skipProxy }, async () => {
    const { token, topic } = await visitor();
    const mine = await RawSocket.open(site, token, site);
    await mine.join(topic);
    const polling = realSocket('longpoll', `${site}/socket`, { authToken: token });
    polling.connect();
    const channel = polling.channel(topic);
    await answer(channel.join());
    const told = nextEvent(channel, 'message:changed');
    await mine.push(topic, 'message:send', { clientId: clientId(), text: 'to both' });
    assert.equal(words((await told) as Written), 'to both');
    const back = mine.next<Written>(topic, 'message:changed', (one) => words(one) === 'polled');
    await answer(channel.push('message:send', { clientId: clientId(), text: 'polled' }));
    await back;
    await disconnected(polling);
    await mine.close();
  });

  it('take uploads through the proxy, up to the limit', { skip: skipProxy }, async () => {
    const { token } = await visitor();
    const content = 'nine '.repeat(1_800_000);
    const { size } = await uploaded(site, { token, name: 'large.txt', content });
    assert.equal(size, content.length);
    const large = await post(site, { token, name: 'a.txt', content: 'x'.repeat(11_000_000) });
    assert.equal((await refusal(large)).code, 'file_too_large');
  });

  it('are told the address of the visitor, and count for nobody', { skip: skipProxy }, async () => {
    assert.equal((await fetch(`${site}/metrics`)).status, 404);
    const reply = await fetch(`${site}/v1/none`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    assert.match(reply.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/);
    const lines = (await proxy?.accessLog()) ?? '';
    assert.match(lines, /GET \/socket\/longpoll" 2/);
    assert.doesNotMatch(lines, /[?=]/);
  });

  it('go on when one is killed, which comes back at its address', async () => {
    const [, two] = nodes.nodes;
    assert.ok(two);
    const { pid, url } = two;
    assert.equal(await two.kill('SIGKILL'), null);
    const { token, topic } = await visitor();
    const mine = await RawSocket.open(site, token);
    await mine.join(topic);
    await mine.push(topic, 'message:send', { clientId: clientId(), text: 'still here' });
    await mine.close();
    await two.restart();
    assert.notEqual(two.pid, pid);
    const ready = await fetch(`${url}/health/ready`);
    assert.deepEqual(await ready.json(), { status: 'ok', redis: 'connected' });
  });

  it('send everybody away and end when they are told to', async () => {
    const [one] = nodes.nodes;
    assert.ok(one);
    const { token } = await visitor();
    const mine = await RawSocket.open(one.url, token);
    const [code] = await Promise.all([one.kill('SIGTERM'), mine.closed]);
    assert.equal(code, 0);
    assert.match(one.output(), /"sockets":\d+,.*"msg":"draining"/);
    assert.match(one.output(), /"msg":"drained"/);
  });
});
