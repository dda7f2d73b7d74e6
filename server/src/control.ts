import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { CodedError } from '#kit/protocol/errors.js';
import { equalSecrets } from './auth/secret-codes.js';
import { isCommand, isStreamCommand, type Command, type StreamCommand } from './commands.js';
import type { Logger } from './log.js';
import { refusalLine } from './refusal-line.js';

/** Tells the command line where a running server takes commands; mode 0600, new with each start. */
const fileName = 'control.json';
const maxBytes = 65_536;
const streamType = 'application/octet-stream';
const answerLimitMs = 30_000;
const lookLimitMs = 1_000;

const Address = Compile(
  Type.Object({
    port: Type.Integer(),
    key: Type.String(),
    /** Where the server itself listens; older ones did not say. */
    serverPort: Type.Optional(Type.Integer()),
  }),
);
const Answer = Compile(
  Type.Object({
    convkit: Type.Literal(true),
    lines: Type.Optional(Type.Array(Type.String())),
    refused: Type.Optional(Type.String()),
  }),
);

export interface ControlWork {
  /** Gives the lines to print. Rejects with a `CodedError`. */
  run(command: Command): Promise<string[]>;
  /** Rejects with a `CodedError` before there is anything to read. */
  stream(command: StreamCommand): Promise<Readable>;
}

export interface Control {
  close(): Promise<void>;
}

/** Takes commands on the loopback address from whoever can read the key in the data folder. */
export async function startControl(
  { dataDir, port: serverPort }: { dataDir: string; port: number },
  log: Logger,
  { run, stream }: ControlWork,
): Promise<Control> {
  const key = randomBytes(32).toString('base64url');

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!equalSecrets(request.headers.authorization ?? '', `Bearer ${key}`)) {
      response.writeHead(401).end();
      return;
    }
    const command: unknown = JSON.parse(await readBody(request));
    const refuse = (fault: unknown): { convkit: true; refused: string } => {
      if (!(fault instanceof CodedError)) throw fault;
      return { convkit: true, refused: refusalLine(fault) };
    };
    if (isStreamCommand(command)) {
      const content = await stream(command).catch(refuse);
      if (content instanceof Readable) {
        response.writeHead(200, { 'content-type': streamType });
        // Whoever asked sees the end of the connection instead of the end of the stream.
        await pipeline(content, response);
      } else answerJson(response, content);
      return;
    }
    const result = isCommand(command)
      ? await run(command).then((lines) => ({ convkit: true, lines }), refuse)
      : { convkit: true, refused: 'The running server does not know this command. Restart it.' };
    answerJson(response, result);
  };

  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    answer(request, response).catch((fault: unknown) => {
      log.error({ err: fault }, 'a command failed');
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const path = join(dataDir, fileName);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  await writeFile(path, JSON.stringify({ port, key, serverPort }), { mode: 0o600, flag: 'wx' });

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
  const reply = await ask(dataDir, command);
  return reply && readAnswer(reply);
}

/** The same for what is too much for lines. Reading fails when the server could not end it. */
export async function callControlStream(
  dataDir: string,
  command: StreamCommand,
): Promise<Readable | null> {
  const reply = await ask(dataDir, command);
  if (!reply) return null;
  if (reply.headers.get('content-type') === streamType && reply.body) {
    return Readable.fromWeb(reply.body as ReadableStream);
  }
  const lines = await readAnswer(reply);
  if (lines) throw new Error('The running server answered with lines in place of a stream.');
  return null;
}

/** The port of the server that runs on this data folder; null when none does. */
export async function runningOn(dataDir: string): Promise<number | null> {
  const address = await readAddress(dataDir);
  if (!address) return null;
  const reply = await fetch(`http://127.0.0.1:${address.port}/`, {
    signal: AbortSignal.timeout(lookLimitMs),
  }).catch(() => null);
  // It answers nobody without the key.
  return reply?.status === 401 ? (address.serverPort ?? null) : null;
}

async function readAddress(dataDir: string) {
  const address: unknown = await readFile(join(dataDir, fileName), 'utf8').then(
    (text) => JSON.parse(text) as unknown,
    () => null,
  );
  return Address.Check(address) ? address : null;
}

async function ask(dataDir: string, command: Command | StreamCommand): Promise<Response | null> {
  const address = await readAddress(dataDir);
  if (!address) return null;
  const { port, key } = address;
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new Error('The running server does not answer.')),
    answerLimitMs,
  );
  try {
    return await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(command),
      signal: late.signal,
    });
  } catch (error) {
    if (late.signal.aborted) throw error;
    return null;
  } finally {
    // What follows may take as long as it is long.
    clearTimeout(timer);
  }
}

async function readAnswer(reply: Response): Promise<string[] | null> {
  // Another program may have got the port of a server that was killed.
  const answer: unknown = await reply.json().catch(() => null);
  if (reply.status === 500) throw new Error('The running server could not do it; see its log.');
  if (!Answer.Check(answer)) return null;
  if (answer.refused !== undefined) {
    throw new CodedError('invalid_payload', { message: answer.refused });
  }
  return answer.lines ?? [];
}

function answerJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maxBytes) throw new Error('The command is too long.');
  }
  return text;
}
