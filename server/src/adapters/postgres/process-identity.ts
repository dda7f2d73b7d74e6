import { readFileSync, readlinkSync } from 'node:fs';

/** What tells a process from another one that got the same number later or elsewhere. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks from boot to its start; null where there is no /proc. */
  startedAt: string | null;
  /** Where its number counts: the boot and, for containers, the namespace. */
  place: string | null;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid), place: place() };
}

/**
 * Whether that very process runs; `unseen` when it would be on another machine or in another
 * container, or was there before a restart. Without /proc the number must do.
 */
export function stateOf({
  pid,
  startedAt,
  place: where,
}: ProcessIdentity): 'running' | 'gone' | 'unseen' {
  if (where !== place()) return 'unseen';
  if (!exists(pid)) return 'gone';
  return startedAt === null || startedAt === startOf(pid) ? 'running' : 'gone';
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

function place(): string | null {
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim();
  if (boot === undefined) return null;
  try {
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return boot;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
