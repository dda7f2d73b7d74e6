import { readFileSync } from 'node:fs';

/** What tells a process from another one that got the same number later. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks from boot to its start; null where there is no /proc. */
  startedAt: string | null;
  /** Names the boot that the ticks count from. */
  boot: string | null;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid), boot: bootId() };
}

/** Whether that very process runs. Without /proc the number must do. */
export function isRunning({ pid, startedAt, boot }: ProcessIdentity): boolean {
  if (!exists(pid)) return false;
  if (startedAt === null || bootId() === null) return true;
  return boot === bootId() && startedAt === startOf(pid);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/<pid>/stat; a zombie counts as gone. */
function startOf(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name, in brackets, may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}

function bootId(): string | null {
  return read('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
