import type { Conversation, ConversationState } from './conversation.js';

/** The three views of the navigation (S3.2), in its order. */
export const viewNames = ['mine', 'unassigned', 'all'] as const;

export type ViewName = (typeof viewNames)[number];

export type ChannelFilter = 'all' | 'email' | 'chat' | 'social';

export type SortOrder = 'newest' | 'oldest';

/** What a list shows. */
export interface View {
  name: ViewName;
  state: ConversationState;
  channel: ChannelFilter;
  order: SortOrder;
}

export const defaultView: View = {
  name: 'unassigned',
  state: 'open',
  channel: 'all',
  order: 'newest',
};

/** Whether a conversation stands in a view of the agent `me`. */
export function isInView(
  conversation: Pick<Conversation, 'state' | 'channel' | 'assigneeIds'>,
  view: View,
  me: string,
): boolean {
  if (conversation.state !== view.state) return false;
  if (view.channel !== 'all' && conversation.channel.split(':')[0] !== view.channel) return false;
  if (view.name === 'mine') return conversation.assigneeIds.includes(me);
  if (view.name === 'unassigned') return conversation.assigneeIds.length === 0;
  return true;
}

/** Order of two cards in a view: by last activity, then by id so that it is total. */
export function compareInView(
  a: Pick<Conversation, 'activeAt' | 'id'>,
  b: Pick<Conversation, 'activeAt' | 'id'>,
  order: SortOrder,
): number {
  const byTime = a.activeAt - b.activeAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return order === 'oldest' ? byTime : -byTime;
}

/** Counts of open conversations, the same frame for every agent. */
export interface Counts {
  unassigned: number;
  all: number;
  /** By agent id; an agent without any is missing. */
  byAgent: Record<string, number>;
}
