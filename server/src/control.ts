import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { CodedError } from '#kit/protocol/errors.js';
import { equalSecrets } from './auth/secret-codes.js';
import { isCommand, type Command } from './commands.js';
import type { Logger } from './log.js';

/** Tells the command line where a running server takes commands; mode 0600, new with each start. */
const fileName = 'control.json';
const maxBytes = 65_536;

const Address = Compile(Type.Object({ port: Type.Integer(), key: Type.String() }));
const Answer = Compile(
  Type.Object({
    convkit: Type.Literal(true),
    lines: Type.Optional(Type.Array(Type.String())),
    refused: Type.Optional(Type.String()),
  }),
);

export interface Control {
  close(): Promise<void>;
}

/** Takes commands on the loopback address from whoever can read the key in the data folder. */
export async function startControl(
  dataDir: string,
  log: Logger,
  run: (command: Command) => Promise<string[]>,
): Promise<Control> {
  const key = randomBytes(32).toString('base64url');

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!equalSecrets(request.headers.authorization ?? '', `Bearer ${key}`)) {
      response.writeHead(401).end();
      return;
    }
    const command: unknown = JSON.parse(await readBody(request));
    const result = isCommand(command)
      ? await run(command).then(
          (lines) => ({ convkit: true, lines }),
          (fault: unknown) => {
            if (!(fault instanceof CodedError)) throw fault;
            return { convkit: true, refused: fault.message };
          },
        )
      : { convkit: true, refused: 'The running server does not know this command. Restart it.' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  };

  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    answer(request, response).catch((fault: unknown) => {
      log.error({ err: fault }, 'a command failed');
      response.writeHead(500).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const path = join(dataDir, fileName);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  await writeFile(path, JSON.stringify({ port, key }), { mode: 0o600, flag: 'wx' });

  return {
    async close() {
      await rm(path, { force: true });
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Has the running server do it. Null when none runs on this data folder. Rejects with its refusal.
 */
export async function callControl(dataDir: string, command: Command): Promise<string[] | null> {
  const address: unknown = await readFile(join(dataDir, fileName), 'utf8').then(
    (text) => JSON.parse(text) as unknown,
    () => null,
  );
  if (!Address.Check(address)) return null;
  const { port, key } = address;
  let reply: Response;
  try {
    reply = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw error;
    return null;
  }
  // Another program may have got the port of a server that was killed.
  const answer: unknown = await reply.json().catch(() => null);
  if (reply.status === 500) throw new Error('The running server could not do it; see its log.');
  if (!Answer.Check(answer)) return null;
  if (answer.refused !== undefined) {
    throw new CodedError('invalid_payload', { message: answer.refused });
  }
  return answer.lines ?? [];
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maxBytes) throw new Error('The command is too long.');
  }
  return text;
}
