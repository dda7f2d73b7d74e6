import type { CSSResult, TemplateResult } from 'lit';
import type { AgentStatus } from '../../domain/index.js';

/** How presence is shown on a picture. */
export interface StatusParts {
  styles: CSSResult;
  render(status: AgentStatus): TemplateResult;
  /** The name with the presence, in this language. */
  label(name: string, status: AgentStatus, locale: string): string;
}

/** Filled by `status.js`, a chunk that no visitor needs. */
export const statusParts: { ready: StatusParts | undefined } = { ready: undefined };
