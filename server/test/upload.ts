import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WireError } from '#kit/protocol/errors.js';
import type { FileUploaded } from '#kit/protocol/http.js';
import type { Attachment } from '#kit/domain/message.js';

export interface UploadInput {
  token?: string | undefined;
  name?: string;
  content: Uint8Array | string;
  conversationId?: string | undefined;
  headers?: Record<string, string>;
}

/** Sends a file as a browser does. */
export function post(url: string, input: UploadInput): Promise<Response> {
  const { token, name = 'file', content, conversationId, headers } = input;
  const form = new FormData();
  if (conversationId !== undefined) form.append('conversationId', conversationId);
  form.append('file', new File([content], name, { type: 'text/html' }));
  return fetch(`${url}/v1/files`, {
    method: 'POST',
    body: form,
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
}

export async function uploaded(url: string, input: UploadInput): Promise<Attachment> {
  const reply = await post(url, input);
  const body = await reply.text();
  assert.equal(reply.status, 200, body);
  return (JSON.parse(body) as FileUploaded).attachment;
}

/** The refusal's code, after its status and text were found to be the contract's. */
export async function refusal(reply: Response): Promise<WireError> {
  const wire = (await reply.json()) as WireError;
  assert.equal(wire.reason, wire.code);
  assert.ok(reply.status >= 400);
  return wire;
}

/** Every file in a folder of the disk store, whole or partial. */
export async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
