import { readFile, readdir } from 'node:fs/promises';

/** Of the system's accounting; every Linux has this. */
const TICKS_PER_SECOND = 100;

interface Accounted {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly ticksOfGoneChildren: number;
}

/**
 * CPU seconds so far of the process that started `child`, and of all that it started: of a database
 * server, of which one connection is known. Undefined where the system does not tell.
 */
export async function familyCpu(child: number): Promise<number | undefined> {
  const parent = (await accounted(child))?.parent;
  const server = parent === undefined ? undefined : await accounted(parent);
  if (!server) return undefined;
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const processes = await Promise.all(pids.map(accounted));
  const ticks = processes.reduce(
    (sum, process) => sum + (process?.parent === server.pid ? process.ticks : 0),
    server.ticks + server.ticksOfGoneChildren,
  );
  return ticks / TICKS_PER_SECOND;
}

async function accounted(pid: number): Promise<Accounted | undefined> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces.
    const fields = line
      .slice(line.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0, , , , , , , , , , user = 0, system = 0, childUser = 0, childSystem = 0] =
      fields;
    return { pid, parent, ticks: user + system, ticksOfGoneChildren: childUser + childSystem };
  } catch {
    return undefined;
  }
}
