import type { WorkspaceRecord, Workspaces } from './ports.js';

/** From which websites browsers may come. The server's own origin is always among them. */
export class Origins {
  readonly #publicOrigin: string | null;
  readonly #workspaces: Pick<Workspaces, 'list'>;

  constructor(publicUrl: string | null, workspaces: Pick<Workspaces, 'list'>) {
    this.#publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin;
    this.#workspaces = workspaces;
  }

  /** `host` is the Host header: a page of this very server sends it as its origin. */
  isOwn(origin: string, host: string | undefined): boolean {
    if (origin === this.#publicOrigin) return true;
    try {
      const url = new URL(origin);
      return /^https?:$/.test(url.protocol) && url.host === host?.toLowerCase();
    } catch {
      return false;
    }
  }

  allows(
    workspace: Pick<WorkspaceRecord, 'allowedOrigins'>,
    origin: string,
    host: string | undefined,
  ): boolean {
    return this.isOwn(origin, host) || workspace.allowedOrigins.includes(origin);
  }

  /** Whether any workspace allows it; before it is known whose client comes. */
  async allowsAnywhere(origin: string, host: string | undefined): Promise<boolean> {
    if (this.isOwn(origin, host)) return true;
    const workspaces = await this.#workspaces.list();
    return workspaces.some(({ allowedOrigins }) => allowedOrigins.includes(origin));
  }
}
