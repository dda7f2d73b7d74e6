import type { ThreadItem } from './thread-item.js';
import {
  stateOf,
  storedItem,
  storedItems,
  withWaiting,
  type Stored,
  type ThreadInput,
} from './thread.js';

/**
 * Makes the rows of a thread: stored messages by position, then those on their way. A row whose
 * message is as it was is the object that it was, and only what changed is made anew.
 */
export function createThreadItems(): (input: ThreadInput) => readonly ThreadItem[] {
  let before: { input: Stored; items: readonly ThreadItem[] } | null = null;
  return (input) => {
    const items = before ? follow(before.input, before.items, input) : storedItems(input);
    before = { input, items };
    return withWaiting(items, input);
  };
}

function follow(
  before: Stored,
  items: readonly ThreadItem[],
  input: Stored,
): readonly ThreadItem[] {
  const { messages, self, otherSide } = input;
  const known = before.messages;
  if (before.self.id !== self.id || before.self.type !== self.type) return storedItems(input);
  const { delivered, read } = before.otherSide;
  if (delivered !== otherSide.delivered || read !== otherSide.read) {
    return messages.map((message, at) => {
      const item = known[at] === message ? items[at] : undefined;
      return item?.state === stateOf(message, input) ? item : storedItem(message, input);
    });
  }
  if (known === messages) return items;
  const shorter = Math.min(known.length, messages.length);
  let start = 0;
  while (start < shorter && known[start] === messages[start]) start++;
  if (start === known.length && start === messages.length) return items;
  let end = 0;
  while (end < shorter - start && known.at(-1 - end) === messages.at(-1 - end)) end++;
  const changed = messages.slice(start, messages.length - end);
  const made = changed.map((message) => storedItem(message, input));
  return (start < items.length ? items.slice(0, start) : items).concat(
    made,
    items.slice(items.length - end),
  );
}
