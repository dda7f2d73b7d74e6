import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** What tests read of a service of `compose.yaml`. */
export interface Service {
  image?: string;
  build?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  tmpfs?: string[];
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  user?: string;
  restart?: string;
  stop_grace_period?: string;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
}

export interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, object>;
  networks: Record<string, { internal?: boolean }>;
}

const root = new URL('../../', import.meta.url);

export const rootFolder = fileURLToPath(root);

export const readRootFile = (name: string): Promise<string> =>
  readFile(new URL(name, root), 'utf8');

/** `compose.yaml` with its variables put in, as `docker compose config` does. Throws where one is missing. */
export async function readCompose(variables: Record<string, string>): Promise<Compose> {
  const raw: unknown = parse(await readRootFile('compose.yaml'), { merge: true });
  return fill(raw, variables) as Compose;
}

/** The form `["a", "b"]` of an instruction of the Dockerfile: what runs without a shell. */
export async function dockerfileWords(instruction: 'ENTRYPOINT' | 'CMD'): Promise<string[]> {
  const lines = (await readRootFile('Dockerfile')).split('\n');
  const line = lines.findLast((text) => text.startsWith(`${instruction} `));
  if (line === undefined) throw new Error(`The Dockerfile has no ${instruction}.`);
  return JSON.parse(line.slice(instruction.length)) as string[];
}

function fill(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill(item, variables)]),
  );
}

/** `${NAME:-default}` and `${NAME:?what to do}`. */
function fillText(text: string, variables: Record<string, string>): string {
  return text.replace(
    /\$\{([A-Z_]+):([-?])([^}]*)\}/g,
    (_all, name: string, sign: string, rest: string) => {
      const value = variables[name];
      if (value) return value;
      if (sign === '-') return rest;
      throw new Error(`required variable ${name} is missing a value: ${rest}`);
    },
  );
}
