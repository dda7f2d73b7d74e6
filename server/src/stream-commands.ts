import { Readable } from 'node:stream';
import { CodedError } from '#kit/protocol/errors.js';
import type { StreamCommand } from './commands.js';
import type { FileStore } from './file-ports.js';
import { backUp } from './operations/backup.js';
import { exportLines, hashesOf } from './operations/export.js';
import type { Clock, Storage } from './ports.js';

export interface StreamSource {
  storage: Storage;
  files: FileStore;
  clock: Clock;
  /** Null where the environment has it. */
  keptSecret: string | null;
}

/** The stream fails when the work does. Rejects with a `CodedError` before there is one. */
export async function openStream(source: StreamSource, command: StreamCommand): Promise<Readable> {
  const { storage, files, clock, keptSecret } = source;
  if (command.name === 'backup') {
    return backUp({ archive: storage.archive, files, clock, secret: keptSecret });
  }
  const { workspaceId } = command;
  if (workspaceId !== null && !(await storage.workspaces.get(workspaceId))) {
    throw new CodedError('workspace_not_found');
  }
  return exportStream(source, workspaceId);
}

function exportStream({ storage, files }: StreamSource, workspaceId: string | null): Readable {
  const lines = new Readable({ read: () => resume() });
  let resume = (): void => undefined;
  storage.archive
    .snapshot(async (snapshot) => {
      for await (const line of exportLines(snapshot, workspaceId, hashesOf(files))) {
        if (lines.destroyed) return;
        if (lines.push(line)) continue;
        await new Promise<void>((resolve) => {
          resume = resolve;
          lines.once('close', resolve);
        });
      }
      lines.push(null);
    })
    .catch((error: Error) => lines.destroy(error));
  return lines;
}
