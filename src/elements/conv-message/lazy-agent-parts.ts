import type { CSSResult, TemplateResult } from 'lit';
import type { SystemEvent } from '../../domain/index.js';

/** How messages are shown that only agents see. */
export interface AgentParts {
  styles: CSSResult;
  /** What stands above a comment. */
  label(locale: string): TemplateResult;
  systemLine(event: Exclude<SystemEvent, { type: 'joined' }>, locale: string): string;
}

/** The chunk of those parts, which no visitor needs. */
export const agentParts = {
  ready: undefined as AgentParts | undefined,

  /** Rejects when the chunk cannot be loaded; the next call tries again. */
  async get(): Promise<void> {
    await import('./agent-parts.js');
  },
};
