import type { AvailabilityBoard } from '../availability.js';
import type { FileInspector, FileLinks, FileStore } from '../file-ports.js';
import type { MailSettings } from '../mail-ports.js';
import type { Clock, DomainEvent, EventBus, Ids, Repositories, Storage } from '../ports.js';
import type { FindPlace } from '../places.js';
import type { Roster } from '../roster.js';
import type { Stamp } from '../stamps.js';

/** What every use-case works with. */
export interface Ports {
  storage: Storage;
  clock: Clock;
  ids: Ids;
  events: EventBus;
  roster: Roster;
  availability: AvailabilityBoard;
  stamp: Stamp;
  files: FileStore;
  inspector: FileInspector;
  fileLinks: FileLinks;
  mail: MailSettings;
  findPlace: FindPlace;
}

export type Emit = (event: DomainEvent) => void;

/** One transaction; what was emitted within it is published after the commit, and only then. */
export async function act<T>(
  ports: Ports,
  work: (repositories: Repositories, emit: Emit) => Promise<T>,
): Promise<T> {
  let emitted: DomainEvent[] = [];
  const result = await ports.storage.transaction((repositories) => {
    // The transaction may be tried again.
    emitted = [];
    return work(repositories, (event) => emitted.push(event));
  });
  for (const event of emitted) ports.events.publish(event);
  return result;
}
