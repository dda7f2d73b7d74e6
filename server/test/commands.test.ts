import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import type { PublicConfig, SignedIn } from '#kit/protocol/http.js';
import { StartRefused } from '../src/adapters/postgres/index.js';
import { readyFolder } from '../src/adapters/postgres/testing/data-folder.js';
import { help, readTask, UsageError } from '../src/command-line.js';
import type { Command } from '../src/commands.js';
import { readConfig, variableNames, type Config } from '../src/config.js';
import { callControl } from '../src/control.js';
import { createLogger } from '../src/log.js';
import { addressOf, openApp, start, type Running } from '../src/main.js';
import { programOf } from './program.js';

function readCommand(...words: Parameters<typeof readTask>): Command {
  const task = readTask(...words);
  if (task.type !== 'command') throw new Error(`${words[0]} is no command of a server.`);
  return task.command;
}

describe('a server that was started', () => {
  let dataDir: string;
  let config: Config;
  let running: Running;
  let printed: string[];
  let cookie: string;
  let workspaceId: string;

  const launch = async (port = '0') => {
    printed = [];
    config = readConfig({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
    running = await start(config, (line) => printed.push(line));
  };
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'convkit-start-'));
    await launch();
  });
  after(async () => {
    await running.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('prints the three addresses and a way in for the owner', async () => {
    const { url } = running;
    assert.deepEqual(printed.slice(0, 3), [
      `Shop:     ${url}/`,
      `Inbox:    ${url}/inbox`,
      `Elements: ${url}/elements/`,
    ]);
    assert.match(printed[3] ?? '', /^Workspace: ws_\S+$/);
    const code = new RegExp(`^Sign in: ${url}/inbox#code=(\\S+)$`).exec(printed[4] ?? '')?.[1];
    const reply = await fetch(`${url}/v1/agent/sign-in-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ code }),
    });
    assert.equal(reply.status, 200);
    ({ workspaceId } = (await reply.json()) as SignedIn);
    cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  });

  it('takes commands from whoever can read the key in the data folder', async () => {
    const { url } = running;
    const greeting = readCommand('settings', ['set', workspaceId, 'greeting', 'Good day']);
    assert.deepEqual(await callControl(dataDir, greeting), [`${workspaceId}: greeting is set.`]);
    const shown = await fetch(`${url}/v1/config?workspace=${workspaceId}`);
    assert.equal(((await shown.json()) as PublicConfig).settings.greeting, 'Good day');

    const wrong = readCommand('settings', ['set', 'missedAfterMs=soon']);
    await assert.rejects(
      callControl(dataDir, wrong),
      /missedAfterMs takes a number of milliseconds/,
    );
    const second = readCommand('create-workspace', ['Second shop'], {
      ownerEmail: 'o@shop.example',
    });
    const lines = await callControl(dataDir, second);
    assert.match(lines?.[0] ?? '', /^Workspace: ws_\S+$/);
    assert.match(lines?.[1] ?? '', new RegExp(`^Sign in: ${url}/inbox#code=\\S+$`));
    await assert.rejects(callControl(dataDir, second), /Another agent uses this email/);

    const path = join(dataDir, 'control.json');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const { port } = JSON.parse(await readFile(path, 'utf8')) as { port: number };
    const stranger = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: 'Bearer guessed' },
      body: JSON.stringify(wrong),
    });
    assert.equal(stranger.status, 401);
  });

  it('makes agents of a workspace, each with a way in', async () => {
    const command = readCommand('create-agent', [workspaceId, 'Bo@shop.example'], {
      role: 'admin',
      name: 'Bo Berg',
    });
    const lines = await callControl(dataDir, command);
    assert.match(lines?.[0] ?? '', /^Agent: ag_\S+$/);
    const code = /#code=(\S+)$/.exec(lines?.[1] ?? '')?.[1];
    const reply = await fetch(`${running.url}/v1/agent/sign-in-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: running.url },
      body: JSON.stringify({ code }),
    });
    const { me, workspaceId: signedInto } = (await reply.json()) as SignedIn;
    assert.deepEqual([me.name, me.role, signedInto], ['Bo Berg', 'admin', workspaceId]);
    await assert.rejects(callControl(dataDir, command), /Another agent uses this email/);
    const elsewhere = readCommand('create-agent', ['ws_none', 'c@shop.example']);
    await assert.rejects(
      callControl(dataDir, elsewhere),
      /no such workspace here\. A server prints/,
    );
  });

  it('says that its database is up to date', async () => {
    const [line] = (await callControl(dataDir, { name: 'migrate' })) ?? [];
    assert.match(line ?? '', /^The database is at version \d+\.$/);
  });

  it('shares its data folder with no other one', async () => {
    await assert.rejects(openApp(config, createLogger('silent')), StartRefused);
  });

  it('knows everybody again after a restart, and gives the owner a fresh link', async () => {
    const { url } = running;
    const link = printed[4];
    await running.close();
    assert.equal(await callControl(dataDir, readCommand('sign-in-link', [])), null);
    await launch(new URL(url).port);
    assert.equal(running.url, url);
    assert.match(printed[4] ?? '', /^Sign in: /);
    assert.notEqual(printed[4], link);
    const session = await fetch(`${url}/v1/agent/session`, { headers: { cookie } });
    assert.equal(((await session.json()) as SignedIn).workspaceId, workspaceId);
    const secret = join(dataDir, 'secret');
    assert.equal((await stat(secret)).mode & 0o777, 0o600);
    assert.ok((await readFile(secret, 'utf8')).trim().length >= 32);
  });

  it('gives the owner no link once there is a password', async () => {
    const { url } = running;
    const patched = await fetch(`${url}/v1/agent/profile`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify({ email: 'owner@shop.example', password: 'ten letters' }),
    });
    assert.equal(patched.status, 200);
    await running.close();
    await launch(new URL(url).port);
    assert.equal(printed.length, 4);
  });
});

describe('the command line', () => {
  it('reads settings in every spelling', () => {
    const expected = { name: 'settings-set', workspaceId: null, setting: 'name', value: 'A=b' };
    assert.deepEqual(readCommand('settings', ['set', 'name=A=b']), expected);
    assert.deepEqual(readCommand('settings', ['set', 'name', 'A b']), {
      ...expected,
      value: 'A b',
    });
    const workspaceId = 'ws_1';
    assert.deepEqual(readCommand('settings', ['set', 'ws_1', 'name=A=b']), {
      ...expected,
      workspaceId,
    });
    assert.deepEqual(readCommand('settings', ['set', 'name', 'A=b']), expected);
    assert.deepEqual(readCommand('settings', ['set', 'ws_1', 'name', 'A=b']), {
      ...expected,
      workspaceId,
    });
  });

  it('refuses what is no command', () => {
    for (const words of [['dance'], ['settings', 'set'], ['settings', 'set', 'a', 'b', 'c', 'd']]) {
      const [name = '', ...rest] = words;
      assert.throws(() => readCommand(name, rest), UsageError);
    }
  });

  it('names what is missing', () => {
    const missing: [words: string[], line: string][] = [
      [
        ['create-agent'],
        '<workspace> and <email> are missing. Type: create-agent <workspace> <email>',
      ],
      [['create-agent', 'ws_1'], '<email> is missing. Type: create-agent <workspace> <email>'],
      [
        ['create-agent', 'bo@shop.example'],
        '<workspace> is missing. Type: create-agent <workspace> <email>',
      ],
      [['set-role', 'ag_1'], '<role> is missing. Type: set-role <agent> <role>'],
      [['backup'], '<file> is missing. Type: backup <file>'],
    ];
    for (const [[name = '', ...rest], message] of missing) {
      assert.throws(() => readTask(name, rest), { message });
    }
  });

  it('knows every variable of the configuration', () => {
    for (const name of variableNames) assert.match(help, new RegExp(`\\b${name}\\b`));
    for (const line of help.split('\n')) assert.ok(line.length <= 100, line);
  });

  const run = (environment: Record<string, string>) => {
    const cli = programOf('src/cli');
    return spawn(process.execPath, [...cli.words, 'start'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...cli.environment, ...environment },
    });
  };

  it('gives links to where the server will be', () => {
    const address = (HOST: string) => addressOf(readConfig({ HOST }));
    assert.equal(address('127.0.0.1'), 'http://127.0.0.1:4000');
    assert.equal(address('::1'), 'http://[::1]:4000');
    assert.equal(address('::'), 'http://localhost:4000');
    assert.equal(address('0.0.0.0'), 'http://localhost:4000');
    assert.equal(
      addressOf(readConfig({ PUBLIC_URL: 'https://chat.example' })),
      'https://chat.example',
    );
  });

  it('closes in order when one Ctrl+C arrives twice, as npm sends it', async () => {
    const { path: dataDir, remove } = await readyFolder();
    try {
      const child = run({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
      const closed = once(child, 'close');
      child.stderr.resume();
      for await (const lines of child.stdout.setEncoding('utf8')) {
        if (String(lines).includes('Sign in: ')) break;
      }
      child.kill('SIGINT');
      // The first thing that goes when it closes.
      while (existsSync(join(dataDir, 'control.json')) && child.exitCode === null) {
        await setTimeout(1);
      }
      child.kill('SIGINT');
      assert.deepEqual(await closed, [0, null]);
      assert.equal(existsSync(join(dataDir, 'lock')), false);
    } finally {
      await remove();
    }
  });

  it('says what is wrong in a line, without a trace', async () => {
    const child = run({ PORT: 'x' });
    child.stdout.resume();
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    assert.equal(code, 1);
    assert.match(said, /^PORT is not usable as it is set\. Give a port [^\n]+\n$/);
  });
});
