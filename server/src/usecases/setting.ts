import { Type, type TSchema } from 'typebox';
import type { WorkspaceRecord, Workspaces } from '../ports.js';

export type SettingPatch = Parameters<Workspaces['update']>[1];

/** What one name of `settings set` takes, and what it changes. */
export interface Setting {
  /** What may be given, in words. */
  expects: string;
  schema: TSchema;
  /** What a schema cannot say. */
  accepts?(value: never): boolean;
  /** The same, where the place can be told: such as `.fields[1].key is asked twice`; null where it is good. */
  fault?(value: never, groupIds: ReadonlySet<string>): string | null;
  apply(workspace: WorkspaceRecord, value: never): SettingPatch;
}

export const ofSettings =
  (name: keyof WorkspaceRecord['settings']) =>
  (workspace: WorkspaceRecord, value: never): SettingPatch => ({
    settings: { ...workspace.settings, [name]: value },
  });

export const nullableText = (maxLength: number) =>
  Type.Union([Type.String({ maxLength }), Type.Null()]);
