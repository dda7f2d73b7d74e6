import type { CSSResult, TemplateResult } from 'lit';
import type { SystemEvent } from '../../domain/index.js';

/** How messages are shown that only agents see. */
export interface AgentParts {
  styles: CSSResult;
  /** What stands above a comment. */
  label(locale: string): TemplateResult;
  /** Marks where a comment names these agents; returns what it was given. */
  markMentions(text: DocumentFragment, names: readonly string[]): DocumentFragment;
  systemLine(event: Exclude<SystemEvent, { type: 'joined' }>, locale: string): string;
}

/** Filled by `agent-parts.js`, a chunk that no visitor needs. */
export const agentParts: { ready: AgentParts | undefined } = { ready: undefined };
