/**
 * Generates docs/protocol.md, docs/errors.md, docs/protocol/schemas.json (JSON Schema 2020-12) and
 * docs/protocol/asyncapi.json (AsyncAPI 3) from src/protocol. `--check` fails when one is stale.
 * Run through tsx: `npm run docs`.
 */
import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { errorEntry } from '../src/protocol/error-entries.ts';
import { errorCodes } from '../src/protocol/errors.ts';
import { limits } from '../src/protocol/limits.ts';
import { contract, http, payloads, schemas, widget } from '../src/protocol/schema-index.ts';
import { socketPath } from '../src/protocol/topics.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const version = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version;

/** Names of schemas, by the identity of the schema object. */
const names = new Map();
for (const group of [schemas, widget, payloads, http]) {
  for (const [name, schema] of Object.entries(group)) {
    if (typeof schema !== 'object' || names.has(schema)) continue;
    names.set(schema, name.replace(/Schema$/, ''));
  }
}

/** A plain JSON Schema in which named schemas are references below `base`. */
function reference(schema, base, isRoot = false) {
  if (Array.isArray(schema)) return schema.map((item) => reference(item, base));
  if (typeof schema !== 'object' || schema === null) return schema;
  const name = names.get(schema);
  if (name && !isRoot) return { $ref: `${base}${name}` };
  return Object.fromEntries(
    // A tuple's items, as JSON Schema has called them since 2020-12.
    Object.entries(Array.isArray(schema.items) ? tuple(schema) : schema).map(([key, value]) => [
      key,
      reference(value, base),
    ]),
  );
}

function tuple({ items, additionalItems: _additionalItems, ...rest }) {
  return { ...rest, prefixItems: items, items: false };
}

function definitions(base) {
  const sorted = [...names].sort(([, a], [, b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([schema, name]) => [name, reference(schema, base, true)]));
}

const jsonSchemas = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'ConvKit payloads',
  $defs: definitions('#/$defs/'),
};

const camel = (...words) =>
  words
    .join(' ')
    .split(/[^A-Za-z]+/)
    .filter(Boolean)
    .map((word, i) => (i ? word[0].toUpperCase() + word.slice(1) : word))
    .join('');

function asyncapi() {
  const base = '#/components/schemas/';
  const channels = {};
  const operations = {};
  for (const [kind, topic] of Object.entries(contract)) {
    const messages = {};
    const parameter = /\{(.+)\}/.exec(topic.topic)[1];
    const message = (name, event, summary, schema) => {
      messages[name] = { name: event, summary, payload: reference(schema, base) };
      return { $ref: `#/channels/${kind}/messages/${name}` };
    };
    const exchange = (name, event, summary, payload, reply) => {
      const request = message(name, event, summary, payload);
      const answer = message(`${name}Reply`, 'phx_reply', `Ok reply to ${event}.`, reply);
      operations[camel(kind, name)] = {
        action: 'receive',
        channel: { $ref: `#/channels/${kind}` },
        summary,
        messages: [request],
        reply: { channel: { $ref: `#/channels/${kind}` }, messages: [answer] },
      };
    };
    exchange('join', 'phx_join', `Join. ${topic.who}`, topic.join.payload, topic.join.reply);
    for (const [event, push] of Object.entries(topic.client)) {
      exchange(camel(event), event, push.summary, push.payload, push.reply);
    }
    for (const [event, push] of Object.entries(topic.server)) {
      const name = camel('on', event);
      operations[camel(kind, name)] = {
        action: 'send',
        channel: { $ref: `#/channels/${kind}` },
        summary: push.summary,
        messages: [message(name, event, push.summary, push.payload)],
      };
    }
    channels[kind] = {
      address: topic.topic,
      description: `${topic.who}${topic.presence ? ' Carries Phoenix presence of agents.' : ''}`,
      parameters: { [parameter]: { description: 'Opaque id.' } },
      messages,
    };
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'ConvKit',
      version,
      description:
        'Payloads of the Phoenix Channels V2 frames `[join_ref, ref, topic, event, payload]`. ' +
        'Operations are the server’s: it receives what clients push.',
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: { schemas: definitions(base) },
  };
}

/** A schema in a few words for a table cell. */
function words(schema) {
  const name = names.get(schema);
  const scalar = ['Id', 'ClientId', 'Count', 'Time', 'MessageText', 'AgentStatus'];
  if (name && !scalar.includes(name)) return `[${name}](#${name.toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' or ');
  if (schema.anyOf) return schema.anyOf.map(words).join(' or ');
  if (name === 'Time') return 'epoch ms';
  if (name === 'Id') return 'id';
  if (name === 'ClientId') return 'UUIDv7';
  if (schema.type === 'array') return `list of ${words(schema.items)}`;
  if (schema.patternProperties) {
    return `map of id to ${words(Object.values(schema.patternProperties)[0])}`;
  }
  if (schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {});
    return `{ ${fields.map(([key, value]) => `${key}: ${words(value)}`).join(', ')} }`;
  }
  if (schema.type === 'string' && schema.pattern?.startsWith('^social')) return '`social:<name>`';
  return schema.type ?? 'any';
}

function fields(schema) {
  const rows = Object.entries(schema.properties ?? {});
  if (rows.length === 0) return '`{}`';
  const required = new Set(schema.required ?? []);
  return [
    '| field | type | note |',
    '| --- | --- | --- |',
    ...rows.map(([key, value]) => {
      const bounds = [
        value.maxLength ? `at most ${value.maxLength} characters` : '',
        // The bound of every number goes without saying.
        value.maximum < Number.MAX_SAFE_INTEGER ? `at most ${value.maximum}` : '',
        value.maxItems ? `at most ${value.maxItems} items` : '',
        required.has(key) ? '' : 'optional',
        value.description ?? '',
      ];
      return `| \`${key}\` | ${words(value)} | ${bounds.filter(Boolean).join('; ')} |`;
    }),
  ].join('\n');
}

function protocolPage() {
  const parts = [
    '<!-- Generated by `npm run docs` from src/protocol. Do not edit. -->',
    '# Wire contract',
    `ConvKit speaks Phoenix Channels V2 at \`${socketPath}\` over WebSocket and longpoll. ` +
      'The same payloads as [JSON Schemas](protocol/schemas.json) and as an ' +
      '[AsyncAPI 3 document](protocol/asyncapi.json). Any Phoenix application that keeps to this ' +
      'page can serve the kit.',
    `## Rules

- **Identity comes from the socket.** Author, kind of author, format and time are set by the server; a payload cannot claim them. A comment is never sent on a visitor’s topic, nor any number that lets one be counted.
- **\`clientId\`** names a message before the server has seen it. Sending the same one again gets the same reply and stores nothing; with another text it is refused as \`client_id_reused\`.
- **Cursors.** Each change of a message (new, edited, deleted) takes the next \`seq\` of its conversation. Agents count every change, visitors those that they may see; both counts are dense. \`position\` is the number of the creation and never moves.
- **Backfill.** Join with \`since: {conversationId, seq}\`, or push \`messages:list {after}\`: each message changed after the cursor comes once, in its latest form, deleted ones as tombstones (\`deletedAt\` set, no text). \`more\` says that another page follows; \`reset\` that the cursor was unknown and the page is the last one of the thread.
- **The rest converges by snapshot.** Conversations, contacts, agents, settings and availability come whole with a \`version\`; drop a lower one. Marks never go back: the greatest wins.
- **Presence** on \`inbox\` and \`conversation\` topics is Phoenix presence, keyed by agent id.
- **Typing** holds for \`ttlMs\` (${limits.typingTtlMs} ms) when nothing follows. Send \`typing: true\` at most every ${limits.typingEveryMs} ms.
- **Refusals** are \`{code, message, reason, retryAfterMs?}\`, see [errors](errors.md). Without \`retryAfterMs\` they are final.
- **Tokens** go through the Phoenix \`authToken\` sub-protocol, never in an address.`,
  ];
  for (const topic of Object.values(contract)) {
    parts.push(`## \`${topic.topic}\``, `Who may join: ${topic.who}`);
    if (topic.presence) parts.push('Carries Phoenix presence of agents.');
    parts.push(
      `Join with ${words(topic.join.payload)}; the reply is ${words(topic.join.reply)}.`,
      '| client pushes | payload | ok reply | |\n| --- | --- | --- | --- |\n' +
        Object.entries(topic.client)
          .map(([e, p]) => `| \`${e}\` | ${words(p.payload)} | ${words(p.reply)} | ${p.summary} |`)
          .join('\n'),
      '| server pushes | payload | |\n| --- | --- | --- |\n' +
        Object.entries(topic.server)
          .map(([e, p]) => `| \`${e}\` | ${words(p.payload)} | ${p.summary} |`)
          .join('\n'),
    );
  }
  parts.push(`## Over HTTP

| request | body | reply |
| --- | --- | --- |
| \`GET /v1/config?workspace=<id>\` | | ${words(http.PublicConfig)} |
| \`POST /v1/visitor/token\` | ${words(http.VisitorTokenRequest)} | ${words(http.VisitorTokenReply)} |
| \`POST /v1/visitor/returning\`, JSON as \`text/plain\`: no preflight comes before it, nothing is stored or marked, and a token that names nobody has 0 unread | ${words(http.ReturningVisitorRequest)} | ${words(http.ReturningVisitor)} |
| \`POST /v1/visitor/sign-out\` | ${words(http.VisitorSignOutRequest)} | empty |
| \`POST /v1/agent/token\` with the session cookie, or \`Authorization: Bearer\` a token signed by the host application | | ${words(http.AgentTokenReply)} |
| \`GET /v1/agent/session\` | | ${words(http.SignedIn)} |
| \`POST /v1/agent/sign-in\` | ${words(http.SignInRequest)} | ${words(http.SignedIn)} |
| \`POST /v1/agent/sign-in-link\` | ${words(http.SignInLinkRequest)} | ${words(http.SignedIn)} |
| \`POST /v1/agent/sign-out\` | | empty |
| \`PATCH /v1/agent/profile\` | ${words(http.ProfilePatch)} | ${words(http.SignedIn)} |
| \`PUT\`, \`PATCH /v1/contacts/:id/data\` and \`/v1/contacts/by-identity/:externalId/data\` (\`Authorization: Bearer <an agent's channel token>\`) | ${words(http.ContactDataRequest)} | ${words(http.ContactDataReply)} |

Errors are ${words(http.ErrorReply)} with the status of the [error registry](errors.md).`);
  parts.push('## Payloads');
  for (const [schema, name] of [...names].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
    if (schema.type !== 'object') continue;
    if (schema.description) parts.push(`### ${name}`, schema.description, fields(schema));
    else parts.push(`### ${name}`, fields(schema));
  }
  return parts.join('\n\n') + '\n';
}

function errorsPage() {
  const rows = errorCodes.map(
    (code) => `| \`${code}\` | ${errorEntry(code).status} | ${errorEntry(code).message} |`,
  );
  return `<!-- Generated by \`npm run docs\` from src/protocol/error-entries.ts. Do not edit. -->

# Errors

Every refusal carries a \`code\` of this list and a \`message\` that says what to do. The status is that of the same refusal over HTTP. A refusal with \`retryAfterMs\` may be tried again after that time; every other one is final.

| code | HTTP | message |
| --- | --- | --- |
${rows.join('\n')}
`;
}

const outputs = {
  'docs/protocol.md': [protocolPage(), 'markdown'],
  'docs/errors.md': [errorsPage(), 'markdown'],
  'docs/protocol/schemas.json': [JSON.stringify(jsonSchemas), 'json'],
  'docs/protocol/asyncapi.json': [JSON.stringify(asyncapi()), 'json'],
};

const check = process.argv.includes('--check');
let stale = 0;
for (const [path, [text, parser]] of Object.entries(outputs)) {
  const wanted = await format(text, { parser, printWidth: 100, singleQuote: true });
  const file = join(root, path);
  const present = await readFile(file, 'utf8').catch(() => null);
  if (present === wanted) continue;
  if (check) {
    stale++;
    console.error(`${path} is stale. Run \`npm run docs\` and commit it.`);
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, wanted);
    console.log(`wrote ${path}`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
