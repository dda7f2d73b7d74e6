import type { EmailTemplate, SavedReply } from '#kit/domain/index.js';

/** What agents write again and again. Times are epoch ms. */

export interface ReplyRecord extends SavedReply {
  workspaceId: string;
  /** Who made it; null when that agent is gone. */
  createdBy: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface TemplateRecord extends EmailTemplate {
  workspaceId: string;
  createdAt: number;
  updatedAt: number;
}

export interface SavedTexts {
  /** Shared ones and the agent's own, by shortcut. */
  replies(workspaceId: string, agentId: string): Promise<SavedReply[]>;
  /** Within a transaction: locked until its end. */
  lockReply(id: string): Promise<ReplyRecord | null>;
  /** Of everybody in the workspace. */
  countReplies(workspaceId: string): Promise<number>;
  /** Makes or changes it. Rejects with `CodedError('shortcut_taken')`. */
  storeReply(reply: ReplyRecord): Promise<void>;
  deleteReply(id: string): Promise<void>;
  /** By name. */
  templates(workspaceId: string): Promise<EmailTemplate[]>;
  lockTemplate(id: string): Promise<TemplateRecord | null>;
  countTemplates(workspaceId: string): Promise<number>;
  storeTemplate(template: TemplateRecord): Promise<void>;
  deleteTemplate(id: string): Promise<void>;
}
