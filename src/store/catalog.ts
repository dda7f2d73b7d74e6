import { atom, type ReadableAtom } from 'nanostores';
import type { EmailTemplate, Group, SavedReply } from '../domain/index.js';
import {
  events,
  type GroupReply,
  type GroupSave,
  type GroupsChanged,
  type InboxJoined,
  type Mail,
  type RepliesChanged,
  type ReplySave,
  type ReplySaved,
  type TemplateSave,
  type TemplateSaved,
  type TemplatesChanged,
} from '../protocol/index.js';
import { later } from './thread.js';

/** What agents of a workspace share: groups, saved replies, email templates, and how mail goes. */
export interface Catalog {
  readonly $groups: ReadableAtom<readonly Group[]>;
  readonly $replies: ReadableAtom<readonly SavedReply[]>;
  readonly $templates: ReadableAtom<readonly EmailTemplate[]>;
  readonly $mail: ReadableAtom<Mail | null>;
  joined(reply: Pick<InboxJoined, 'groups' | 'replies' | 'templates' | 'mail'>): void;
  /** Takes an event of the inbox; another one is left alone. */
  heard(event: string, payload: unknown): void;
  saveGroup(group: GroupSave): Promise<Group>;
  deleteGroup(id: string): Promise<void>;
  saveReply(reply: ReplySave): Promise<SavedReply>;
  deleteReply(id: string): Promise<void>;
  saveTemplate(template: TemplateSave): Promise<EmailTemplate>;
  deleteTemplate(id: string): Promise<void>;
}

interface Versioned {
  id: string;
  version: number;
}

export function createCatalog(
  push: <Reply>(event: string, payload: object) => Promise<Reply>,
): Catalog {
  const $groups = atom<readonly Group[]>([]);
  const $replies = atom<readonly SavedReply[]>([]);
  const $templates = atom<readonly EmailTemplate[]>([]);
  const $mail = atom<Mail | null>(null);
  let groupsVersion = 0;

  const takeReply = (reply: SavedReply): void =>
    $replies.set(withOne($replies.get(), reply, byShortcut));
  const takeTemplate = (template: EmailTemplate): void =>
    $templates.set(withOne($templates.get(), template, byName));
  const dropReply = (id: string): void => $replies.set(without($replies.get(), id));
  const dropTemplate = (id: string): void => $templates.set(without($templates.get(), id));

  return {
    $groups,
    $replies,
    $templates,
    $mail,
    joined({ groups, replies, templates, mail }) {
      groupsVersion = 0;
      $groups.set(groups);
      $replies.set([...replies].sort(byShortcut));
      $templates.set([...templates].sort(byName));
      $mail.set(mail);
    },
    heard(event, payload) {
      if (event === events.groupsChanged) {
        const { groups, version } = payload as GroupsChanged;
        if (version < groupsVersion) return;
        groupsVersion = version;
        $groups.set(groups);
      } else if (event === events.repliesChanged) {
        const { saved, deletedId } = payload as RepliesChanged;
        if (saved) takeReply(saved);
        if (deletedId !== undefined) dropReply(deletedId);
      } else if (event === events.templatesChanged) {
        const { saved, deletedId } = payload as TemplatesChanged;
        if (saved) takeTemplate(saved);
        if (deletedId !== undefined) dropTemplate(deletedId);
      }
    },
    async saveGroup(input) {
      const { group } = await push<GroupReply>(events.groupSave, input);
      const known = $groups.get();
      const at = known.findIndex(({ id }) => id === group.id);
      $groups.set(at < 0 ? [...known, group] : known.with(at, later(known[at], group)));
      return group;
    },
    async deleteGroup(id) {
      await push(events.groupDelete, { id });
      $groups.set(without($groups.get(), id));
    },
    async saveReply(input) {
      const { reply } = await push<ReplySaved>(events.replySave, input);
      takeReply(reply);
      return reply;
    },
    async deleteReply(id) {
      await push(events.replyDelete, { id });
      dropReply(id);
    },
    async saveTemplate(input) {
      const { template } = await push<TemplateSaved>(events.templateSave, input);
      takeTemplate(template);
      return template;
    },
    async deleteTemplate(id) {
      await push(events.templateDelete, { id });
      dropTemplate(id);
    },
  };
}

/** With the later form of one, in its place. */
function withOne<T extends Versioned>(
  known: readonly T[],
  next: T,
  compare: (a: T, b: T) => number,
): readonly T[] {
  const before = known.find(({ id }) => id === next.id);
  if (before && later(before, next) === before) return known;
  return [...without(known, next.id), next].sort(compare);
}

function without<T extends Versioned>(known: readonly T[], id: string): readonly T[] {
  return known.filter((each) => each.id !== id);
}

function byShortcut(a: SavedReply, b: SavedReply): number {
  return compareText(a.shortcut, b.shortcut) || compareText(a.id, b.id);
}

function byName(a: EmailTemplate, b: EmailTemplate): number {
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
