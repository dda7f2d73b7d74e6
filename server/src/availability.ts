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

  constructor(roster: Roster, workspaces: Pick<Workspaces, 'get'>, stamp: Stamp) {
    this.#roster = roster;
    this.#workspaces = workspaces;
    this.#stamp = stamp;
  }

  /** The version is of now: a client that comes from another server takes what this one knows. */
  async of(workspaceId: string): Promise<Availability> {
    const version = this.#stamp();
    const workspace = await this.#workspaces.get(workspaceId);
    if (!workspace) throw new CodedError('workspace_not_found');
    const all = await this.#roster.lastAvailable(workspaceId);
    const online = all.filter((agent) => agent.status === 'online');
    const mode = widgetMode(
      all.map((agent) => agent.status),
      workspace.settings.whenOffline,
    );
    const agents = (online.length > 0 ? online : all).slice(0, faces).map(publicAgent);
    return { mode, agents, version };
  }
}

export function publicAgent({ id, name, avatarUrl }: PublicAgent): PublicAgent {
  return { id, name, avatarUrl };
}
