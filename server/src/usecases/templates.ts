import type { EmailTemplate } from '#kit/domain/saved-reply.js';
import { CodedError } from '#kit/protocol/errors.js';
import { limits } from '#kit/protocol/limits.js';
import type { TemplateSave } from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Repositories } from '../ports.js';
import type { TemplateRecord } from '../saved-text-ports.js';
import { act, type Ports } from './act.js';
import { audit } from './audit.js';
import { cleanLine } from './clean-text.js';

/**
 * Makes an email template, or changes one; every agent may (S3.25). Rejects with `invalid_payload`
 * without a name, `limit_reached`, `template_not_found`.
 */
export async function saveTemplate(
  ports: Ports,
  caller: AgentCaller,
  { id, name: typed, subject, body }: TemplateSave,
): Promise<EmailTemplate> {
  const name = cleanLine(typed);
  if (name === null) throw new CodedError('invalid_payload');
  const { workspaceId } = caller;
  return act(ports, async (repositories, emit) => {
    const { savedTexts } = repositories;
    const before =
      id === undefined
        ? await roomForTemplate(repositories, workspaceId)
        : await templateOf(repositories, workspaceId, id);
    const now = ports.clock.now();
    const record: TemplateRecord = {
      id: before?.id ?? ports.ids.next('tp'),
      workspaceId,
      name,
      subject: cleanLine(subject) ?? '',
      body,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
      version: (before?.version ?? 0) + 1,
    };
    await savedTexts.storeTemplate(record);
    await audit(ports, repositories, caller, 'template.save', record.id);
    const saved: EmailTemplate = {
      id: record.id,
      name,
      subject: record.subject,
      body,
      version: record.version,
    };
    emit({ type: 'template', workspaceId, change: { saved } });
    return saved;
  });
}

/** Rejects with `template_not_found`. */
export async function deleteTemplate(
  ports: Ports,
  caller: AgentCaller,
  { id }: { id: string },
): Promise<void> {
  const { workspaceId } = caller;
  await act(ports, async (repositories, emit) => {
    await templateOf(repositories, workspaceId, id);
    await repositories.savedTexts.deleteTemplate(id);
    await audit(ports, repositories, caller, 'template.delete', id);
    emit({ type: 'template', workspaceId, change: { deletedId: id } });
  });
}

async function roomForTemplate(
  { savedTexts, workspaces }: Repositories,
  workspaceId: string,
): Promise<null> {
  // One after the other: nobody makes one past the limit meanwhile.
  await workspaces.lock(workspaceId);
  if ((await savedTexts.countTemplates(workspaceId)) >= limits.templates) {
    throw new CodedError('limit_reached');
  }
  return null;
}

async function templateOf(
  { savedTexts }: Repositories,
  workspaceId: string,
  id: string,
): Promise<TemplateRecord> {
  const template = await savedTexts.lockTemplate(id);
  if (template?.workspaceId !== workspaceId) throw new CodedError('template_not_found');
  return template;
}
