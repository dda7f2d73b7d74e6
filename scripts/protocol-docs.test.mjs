import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);
const read = async (name) =>
  JSON.parse(await readFile(new URL(`../docs/protocol/${name}`, import.meta.url), 'utf8'));

test('the AsyncAPI document is valid AsyncAPI 3', async () => {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  const schema = require('@asyncapi/specs/schemas/3.0.0-without-$id.json');
  const validate = ajv.compile(schema);
  validate(await read('asyncapi.json'));
  assert.deepEqual(validate.errors ?? [], []);
  const broken = { ...(await read('asyncapi.json')), channels: 7 };
  assert.equal(validate(broken), false, 'a broken document must be noticed');
});

test('every JSON Schema compiles and refuses what is not in the contract', async () => {
  const ajv = new Ajv2020({ strict: false });
  const document = await read('schemas.json');
  ajv.addSchema(document, 'convkit');
  for (const name of Object.keys(document.$defs)) ajv.getSchema(`convkit#/$defs/${name}`);
  const send = ajv.getSchema('convkit#/$defs/VisitorMessageSend');
  const clientId = '019a0000-0000-7000-8000-000000000000';
  assert.equal(send({ clientId, text: 'Hi' }), true);
  assert.equal(send({ clientId, text: 'Hi', kind: 'comment' }), false);
  assert.equal(send({ clientId: 'x', text: 'Hi' }), false);
});
