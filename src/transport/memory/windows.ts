import { isInView, type View } from '../../domain/index.js';
import type {
  BlockedContacts,
  ContactEarlier,
  ContactsBlocked,
  ConversationWindow,
} from '../../protocol/index.js';
import { limits } from '../../protocol/index.js';
import { conversationSnapshot } from './snapshots.js';
import {
  contactOf,
  conversationsOf,
  type StoredConversation,
  type Workspace,
} from './workspace.js';

/** Lists that are sent in parts. */

/** As many as fit, and whether there are more; nothing after that is looked at. */
export function firstOf<Item>(
  items: Iterable<Item>,
  limit: number,
  fits: (item: Item) => boolean = () => true,
): { items: Item[]; more: boolean } {
  const found: Item[] = [];
  for (const item of items) {
    if (!fits(item)) continue;
    if (found.length === limit) return { items: found, more: true };
    found.push(item);
  }
  return { items: found, more: false };
}

export function windowOf(
  workspace: Workspace,
  view: View,
  me: string,
  after: { activeAt: number; id: string } | null,
  limit: number,
): ConversationWindow {
  const rows = workspace.activity.rows(view.order, after);
  const fits = (row: StoredConversation): boolean => row.live && isInView(row, view, me);
  const { items, more } = firstOf(rows, limit, fits);
  return { conversations: items.map((row) => conversationSnapshot(workspace, row)), more };
}

/** The other conversations of its contact that have ended, newest first. */
export function earlierThan(
  workspace: Workspace,
  { id, contactId }: StoredConversation,
  { before, limit = limits.pageSize }: ContactEarlier,
): ConversationWindow {
  const isBefore = (each: StoredConversation): boolean =>
    !before ||
    each.createdAt < before.createdAt ||
    (each.createdAt === before.createdAt && each.id < before.id);
  const rows = conversationsOf(workspace, contactId)
    .filter((each) => !each.live && each.id !== id && isBefore(each))
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  const { items, more } = firstOf(rows, limit);
  return { conversations: items.map((row) => conversationSnapshot(workspace, row)), more };
}

export function blockedContacts(
  workspace: Workspace,
  { before, limit = limits.pageSize }: ContactsBlocked,
): BlockedContacts {
  const rows = [...workspace.blocks]
    .map(([id, { at, byName }]) => ({ id, blockedAt: at, byName }))
    .filter(
      ({ id, blockedAt }) =>
        !before ||
        blockedAt < before.blockedAt ||
        (blockedAt === before.blockedAt && id < before.id),
    )
    .sort((a, b) => b.blockedAt - a.blockedAt || (a.id < b.id ? 1 : -1));
  const { items, more } = firstOf(rows, limit);
  return {
    contacts: items.map(({ id, blockedAt, byName }) => ({
      contact: contactOf(workspace, id),
      blockedAt,
      byName,
    })),
    more,
  };
}
