import {
  may,
  type EmailTemplate,
  type Group,
  type RoleAct,
  type SavedReply,
} from '../../domain/index.js';
import {
  CodedError,
  limits,
  type GroupSave,
  type ReplySave,
  type TemplateSave,
} from '../../protocol/index.js';
import type { Tell } from './tell.js';
import { agentOf, groupOf, type StoredReply, type Workspace } from './workspace.js';

/** What a team keeps: groups, saved replies and email templates. */
export interface TeamActs {
  saveGroup(agentId: string, group: GroupSave): Group;
  deleteGroup(agentId: string, groupId: string): void;
  saveReply(agentId: string, reply: ReplySave): SavedReply;
  deleteReply(agentId: string, replyId: string): void;
  saveTemplate(agentId: string, template: TemplateSave): EmailTemplate;
  deleteTemplate(templateId: string): void;
}

const shortcutShape = /^[\p{L}\p{N}\p{M}-]+$/u;

/** Shared ones and the agent's own. */
export function repliesFor(workspace: Workspace, agentId: string): SavedReply[] {
  return [...workspace.replies.values()].flatMap(({ saved }) =>
    saved.ownerId === null || saved.ownerId === agentId ? [saved] : [],
  );
}

export function createTeamActs(workspace: Workspace, tell: Tell): TeamActs {
  function requireRole(agentId: string, act: RoleAct): void {
    if (!may(agentOf(workspace, agentId).role, act)) throw new CodedError('forbidden');
  }

  function requireRoom(kept: ReadonlyMap<string, unknown>, most: number): void {
    if (kept.size >= most) throw new CodedError('limit_reached');
  }

  /** One that the agent may change; nobody learns of another's own. */
  function changeable(agentId: string, replyId: string): StoredReply {
    const stored = workspace.replies.get(replyId);
    if (!stored || ![null, agentId].includes(stored.saved.ownerId)) {
      throw new CodedError('reply_not_found');
    }
    const isOwn = stored.makerId === agentId || stored.saved.ownerId === agentId;
    if (!isOwn) requireRole(agentId, 'reply.share');
    return stored;
  }

  function templateOf(id: string): EmailTemplate {
    const template = workspace.templates.get(id);
    if (!template) throw new CodedError('template_not_found');
    return template;
  }

  return {
    saveGroup(agentId, { id, name, names, memberIds, private: hidden }) {
      requireRole(agentId, 'group.save');
      const before = id === undefined ? null : groupOf(workspace, id);
      if (!before) requireRoom(workspace.groups, limits.groups);
      const isTaken = [...workspace.groups.values()].some(
        (other) => other.name === name.trim() && other.id !== before?.id,
      );
      if (name.trim() === '' || isTaken) throw new CodedError('invalid_payload');
      memberIds.forEach((memberId) => agentOf(workspace, memberId));
      const group: Group = {
        id: before?.id ?? workspace.nextId('gr'),
        name: name.trim(),
        names: { ...names },
        private: hidden,
        memberIds: [...memberIds],
        version: (before?.version ?? 0) + 1,
      };
      workspace.groups.set(group.id, group);
      tell.groups();
      return group;
    },
    deleteGroup(agentId, groupId) {
      requireRole(agentId, 'group.delete');
      groupOf(workspace, groupId);
      workspace.groups.delete(groupId);
      for (const contact of workspace.contacts.values()) {
        if (contact.groupId !== groupId) continue;
        contact.groupId = null;
        tell.contactDetails(contact);
      }
      for (const conversation of workspace.conversations.values()) {
        if (conversation.groupId !== groupId) continue;
        conversation.groupId = null;
        tell.conversation(conversation);
      }
      tell.groups();
    },
    saveReply(agentId, { id, shortcut, text, shared }) {
      const before = id === undefined ? null : changeable(agentId, id);
      if (!before) requireRoom(workspace.replies, limits.savedReplies);
      if (!shortcutShape.test(shortcut)) throw new CodedError('invalid_payload');
      if (text.trim() === '') throw new CodedError('message_empty');
      const makerId = before ? before.makerId : agentId;
      const ownerId = shared ? null : (makerId ?? agentId);
      const isTaken = [...workspace.replies.values()].some(
        (other) =>
          other.saved.shortcut === shortcut &&
          other.saved.ownerId === ownerId &&
          other.saved.id !== before?.saved.id,
      );
      if (isTaken) throw new CodedError('shortcut_taken');
      const saved: SavedReply = {
        id: before?.saved.id ?? workspace.nextId('sr'),
        shortcut,
        text,
        ownerId,
        version: (before?.saved.version ?? 0) + 1,
      };
      workspace.replies.set(saved.id, { saved, makerId });
      tell.reply(before?.saved ?? null, saved);
      return saved;
    },
    deleteReply(agentId, replyId) {
      const { saved } = changeable(agentId, replyId);
      workspace.replies.delete(replyId);
      tell.reply(saved, null);
    },
    saveTemplate(agentId, { id, name, subject, body }) {
      requireRole(agentId, 'template.save');
      const before = id === undefined ? null : templateOf(id);
      if (!before) requireRoom(workspace.templates, limits.templates);
      if (name.trim() === '') throw new CodedError('invalid_payload');
      const template: EmailTemplate = {
        id: before?.id ?? workspace.nextId('tp'),
        name: name.trim(),
        subject: subject.trim(),
        body,
        version: (before?.version ?? 0) + 1,
      };
      workspace.templates.set(template.id, template);
      tell.template({ saved: template });
      return template;
    },
    deleteTemplate(templateId) {
      templateOf(templateId);
      workspace.templates.delete(templateId);
      tell.template({ deletedId: templateId });
    },
  };
}
