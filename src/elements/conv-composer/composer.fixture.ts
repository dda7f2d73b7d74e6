import { fixture, html } from '@open-wc/testing';
import { createAgentClient, type AgentClient } from '../../store/agent-client.js';
import { memoryStorage, type KeyValue } from '../../store/storage.js';
import { CodedError, type FileUploaded } from '../../protocol/index.js';
import type { FileUpload } from '../../transport/api.js';
import type { MemoryServer } from '../../transport/memory/index.js';
import { find, findAll, me, openOffice, words, type Office } from '../shared/office.fixture.js';
import type { ConvComposer } from './conv-composer.js';
import './conv-composer.js';

export async function shown(office: Office, id = 'cv_maja'): Promise<ConvComposer> {
  return fixture<ConvComposer>(
    html`<conv-composer .client=${office.client} .conversationId=${id}></conv-composer>`,
  );
}

/** A fresh office's composer for Maja, ready to be written in. */
export async function opened(
  office = openOffice(),
): Promise<{ office: Office; composer: ConvComposer }> {
  const composer = await shown(office);
  composer.focus();
  return { office, composer };
}

export const field = (composer: ConvComposer): HTMLTextAreaElement => {
  const found = find<HTMLTextAreaElement>(composer, 'textarea:not([hidden])');
  if (!found) throw new Error('There is no field.');
  return found;
};

export function button(composer: ConvComposer, name: string): HTMLButtonElement {
  const found = findAll<HTMLButtonElement>(composer, 'button').find(
    (one) => one.getAttribute('aria-label') === name || words(one) === name,
  );
  if (!found) throw new Error(`There is no button "${name}".`);
  return found;
}

/** Titles of the choices that float. */
export const choices = (composer: ConvComposer): string[] =>
  findAll(composer, '[role=option]').map((option) => words(option.querySelector('strong, .hint')));

/** The title of the choice that Enter would take, as the focused field names it. */
export function activeChoice(composer: ConvComposer): string | null {
  const active = composer.shadowRoot?.activeElement?.getAttribute('aria-activedescendant');
  const option = active ? composer.shadowRoot?.getElementById(active) : null;
  return option?.getAttribute('aria-selected') === 'true'
    ? words(option.querySelector('strong, .hint'))
    : null;
}

export function texts(office: Office, id = 'cv_maja'): string[] {
  const stored = office.server.workspace.conversations.get(id)?.messages ?? [];
  return stored.filter(({ kind }) => kind !== 'system').map(({ kind, text }) => `${kind}: ${text}`);
}

/** Another client of the same agent, such as after a reload. */
export function clientOf(server: MemoryServer, storage: KeyValue): AgentClient {
  return createAgentClient({ transport: server.agentTransport(me), workspaceId: 'ws', storage });
}

/** An office whose uploads end when the test says so. */
export function withFiles(): { office: Office; finish: () => void; fail: () => void } {
  const { server } = openOffice();
  const settle: { finish?: () => void; fail?: () => void } = {};
  const api = server.api({ agentId: me });
  const client = createAgentClient({
    transport: server.agentTransport(me),
    workspaceId: 'ws',
    storage: memoryStorage(),
    files: {
      address: (path) => path,
      getToken: async () => (await api.agentToken()).token,
      upload: (upload: FileUpload) =>
        new Promise<FileUploaded>((resolve, reject) => {
          settle.finish = () => void api.upload(upload).then(resolve, reject);
          settle.fail = () => reject(new CodedError('file_damaged'));
        }),
    },
  });
  return {
    office: { server, client },
    finish: () => settle.finish?.(),
    fail: () => settle.fail?.(),
  };
}
