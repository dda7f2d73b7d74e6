import type { PublicAgent } from '#kit/domain/agent.js';
import type { Availability } from '#kit/domain/settings.js';
import { widgetMode } from '#kit/domain/widget-mode.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { Workspaces } from './ports.js';
import type { Roster } from './roster.js';
import type { Stamp } from './stamps.js';

const faces = 3;

/** What visitors of a workspace are told about who is there. */
export class AvailabilityBoard {
  readonly #roster: Roster;
  readonly #workspaces: Pick<Workspaces, 'get'>;
  readonly #stamp: Stamp;
  readonly #shown = new Map<string, { content: string; version: number }>();

  constructor(roster: Roster, workspaces: Pick<Workspaces, 'get'>, stamp: Stamp) {
    this.#roster = roster;
    this.#workspaces = workspaces;
    this.#stamp = stamp;
  }

  /** The version is the same as long as nothing that is shown changes. */
  async of(workspaceId: string): Promise<Availability> {
    const stamp = this.#stamp();
    const workspace = await this.#workspaces.get(workspaceId);
    if (!workspace) throw new CodedError('workspace_not_found');
    const all = await this.#roster.lastAvailable(workspaceId);
    const online = all.filter((agent) => agent.status === 'online');
    const mode = widgetMode(
      all.map((agent) => agent.status),
      workspace.settings.whenOffline,
    );
    const agents = (online.length > 0 ? online : all).slice(0, faces).map(publicAgent);
    const content = JSON.stringify({ mode, agents });
    const known = this.#shown.get(workspaceId);
    if (known?.content === content) return { mode, agents, version: known.version };
    if (!known || known.version < stamp) this.#shown.set(workspaceId, { content, version: stamp });
    return { mode, agents, version: stamp };
  }
}

export function publicAgent({ id, name, avatarUrl }: PublicAgent): PublicAgent {
  return { id, name, avatarUrl };
}
