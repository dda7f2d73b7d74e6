import type { ThreadItem } from '#kit/store/thread-item.js';
import { wordsIn, type Written } from './journal.js';
import type { StoredConversation, StoredMessage, Truth } from './truth.js';

/** What one client's store shows of one conversation in the end. */
export interface Shown {
  client: string;
  role: 'visitor' | 'agent';
  workspace: number;
  /** Whose conversation it is. */
  visitor: number;
  items: readonly ThreadItem[];
}

/** Everything that one client was ever sent. */
export interface Sent {
  client: string;
  role: 'visitor' | 'agent';
  workspace: number;
  /** Of visitors: who it is. */
  visitor: number | null;
  /** As it came over the network, as latin1. */
  raw: string;
  /** Decoded frames and bodies that are JSON. */
  messages: string[];
}

export interface Evidence {
  written: readonly Written[];
  secretFiles: readonly string[];
  workspaces: readonly string[];
  truth: Truth;
  shown: readonly Shown[];
  sent: readonly Sent[];
}

/** What went wrong, one sentence each. */
export interface Verdict {
  sent: number;
  acked: number;
  lost: string[];
  doubled: string[];
  misdelivered: string[];
  reordered: string[];
}

/** Compares what was written, what is stored, what is shown and what was sent over the network. */
export function judge(evidence: Evidence): Verdict {
  const verdict: Verdict = {
    sent: evidence.written.length,
    acked: evidence.written.filter(({ acked }) => acked).length,
    lost: [],
    doubled: [],
    misdelivered: [],
    reordered: [],
  };
  const rows = rowsOf(evidence);
  const conversations = judgeDatabase(evidence, rows, verdict);
  judgeStores(evidence, conversations, verdict);
  judgeWire(evidence, conversations, verdict);
  return verdict;
}

type Rows = ReadonlyMap<Written, StoredMessage[]>;

/** The rows of each message, by any text that it ever had and by its `clientId`. */
function rowsOf({ written, truth }: Evidence): Rows {
  const byWord = new Map<string, Written>();
  const byKey = new Map<string, Written>();
  for (const one of written) {
    for (const word of wordsOf(one)) byWord.set(word, one);
    if (one.key !== null) byKey.set(one.key, one);
  }
  const rows = new Map<Written, StoredMessage[]>(written.map((one) => [one, []]));
  for (const row of truth.messages) {
    const word = wordsIn(row.text)[0];
    const one =
      (word === undefined ? undefined : byWord.get(word)) ??
      (row.clientId === null ? undefined : byKey.get(row.clientId));
    if (one) rows.get(one)?.push(row);
  }
  return rows;
}

export function wordsOf({ words, edits }: Written): string[] {
  return [...words, ...edits.flatMap((edit) => edit.words)];
}

/** Gives the conversation of each visitor. */
function judgeDatabase(
  { written, workspaces, truth }: Evidence,
  rows: Rows,
  verdict: Verdict,
): Map<number, StoredConversation> {
  const conversations = new Map<number, StoredConversation>();
  const byId = new Map(truth.conversations.map((one) => [one.id, one]));
  const ofVisitor = new Map<string, number>();
  for (const one of written) {
    const found = rows.get(one) ?? [];
    const name = describe(one);
    if (found.length === 0 && (one.acked || one.refused === null)) {
      verdict.lost.push(`${name} is not in the database`);
    }
    if (one.refused !== null) verdict.lost.push(`${name} was refused: ${one.refused}`);
    if (found.length > 1) verdict.doubled.push(`${name} is ${found.length} times in the database`);
    for (const row of found) {
      const conversation = byId.get(row.conversationId);
      if (!conversation) continue;
      const owner = ofVisitor.get(conversation.id) ?? one.visitor;
      ofVisitor.set(conversation.id, owner);
      const known = conversations.get(one.visitor) ?? conversation;
      conversations.set(one.visitor, known);
      if (owner !== one.visitor || known !== conversation || row.kind !== one.kind) {
        verdict.misdelivered.push(`${name} is stored as ${row.kind} in ${conversation.id}`);
      }
      if (conversation.workspaceId !== workspaces[one.workspace]) {
        verdict.misdelivered.push(`${name} is stored in another workspace`);
      }
      judgeText(one, row, verdict);
    }
  }
  judgeOrder(written, rows, verdict);
  for (const { id, lastPublicSeq, publicSeqs } of truth.conversations) {
    const dense = publicSeqs.every((seq, index) => seq === index + 1);
    if (!dense || publicSeqs.length !== lastPublicSeq) {
      verdict.misdelivered.push(`the public numbers of ${id} have gaps, which can be counted`);
    }
  }
  return conversations;
}

/** Changes that were not acknowledged may have happened or not; those that were, have. */
function judgeText(one: Written, row: StoredMessage, verdict: Verdict): void {
  const name = describe(one);
  if (row.deleted) {
    if (one.deletion === 'none') verdict.lost.push(`${name} is deleted, which nobody asked for`);
    if (row.text !== '') verdict.misdelivered.push(`${name} is deleted and its text is kept`);
    return;
  }
  if (one.deletion === 'acked') return void verdict.lost.push(`the deletion of ${name} is lost`);
  const last = one.edits.findLast(({ acked }) => acked);
  const possible = one.edits.filter((edit) => edit === last || !edit.acked).map((e) => e.words);
  if (!last) possible.push(one.words);
  if (!possible.some((words) => words.join(' ') === row.text)) {
    verdict.lost.push(`the last edit of ${name} is lost`);
  }
}

function judgeOrder(written: readonly Written[], rows: Rows, verdict: Verdict): void {
  const last = new Map<string, number>();
  for (const one of written) {
    const position = rows.get(one)?.[0]?.position;
    if (position === undefined) continue;
    if (position < (last.get(one.line) ?? 0)) {
      verdict.reordered.push(`${describe(one)} is stored before what was written earlier`);
    }
    last.set(one.line, Math.max(position, last.get(one.line) ?? 0));
  }
}

function judgeStores(
  { truth, shown }: Evidence,
  conversations: ReadonlyMap<number, StoredConversation>,
  verdict: Verdict,
): void {
  for (const { client, role, visitor, items } of shown) {
    const id = conversations.get(visitor)?.id;
    const all = truth.messages.filter(({ conversationId }) => conversationId === id);
    const expected = role === 'agent' ? all : all.filter(isForVisitors);
    const times = new Map<string, number>();
    for (const item of items) {
      if (item.id !== null) times.set(item.id, (times.get(item.id) ?? 0) + 1);
    }
    for (const row of expected) {
      const name = `${row.kind} ${row.id} of visitor ${visitor}`;
      const count = times.get(row.id) ?? 0;
      if (count === 0) verdict.lost.push(`${client} does not show ${name}`);
      if (count > 1) verdict.doubled.push(`${client} shows ${name} ${count} times`);
      const item = items.find((one) => one.id === row.id);
      const same = !item || (item.text === row.text && (item.deletedAt !== null) === row.deleted);
      if (!same) verdict.lost.push(`${client} shows an old form of ${name}`);
    }
    const entitled = new Map(expected.map((row, index) => [row.id, index]));
    let last = -1;
    const texts = new Set<string>();
    for (const item of items) {
      const index = item.id === null ? undefined : entitled.get(item.id);
      const name = `"${item.text}" (${item.state ?? item.kind})`;
      if (texts.has(item.text)) verdict.doubled.push(`${client} shows ${name} more than once`);
      if (item.text !== '') texts.add(item.text);
      if (item.id === null) {
        if (item.state !== 'failed') verdict.lost.push(`${client} still waits for ${name}`);
      } else if (index === undefined) {
        const real = truth.messages.some((row) => row.id === item.id);
        if (real) verdict.misdelivered.push(`${client} shows ${name}`);
        else verdict.lost.push(`${client} shows ${name}, which is not in the database`);
      } else {
        if (index < last) verdict.reordered.push(`${client} shows ${name} too late`);
        last = Math.max(last, index);
      }
    }
  }
}

function isForVisitors({ kind, system }: StoredMessage): boolean {
  return kind === 'reply' || (kind === 'system' && system === 'joined');
}

function judgeWire(
  { written, sent, secretFiles }: Evidence,
  conversations: ReadonlyMap<number, StoredConversation>,
  verdict: Verdict,
): void {
  const byWord = new Map<string, Written>();
  for (const one of written) for (const word of wordsOf(one)) byWord.set(word, one);
  for (const { client, role, workspace, visitor, raw, messages } of sent) {
    const seen = new Set([raw, ...messages].flatMap(wordsIn));
    for (const word of seen) {
      const one = byWord.get(word);
      if (!one) continue;
      const own = role === 'agent' ? one.workspace === workspace : one.visitor === visitor;
      if (!own || (role === 'visitor' && one.kind === 'comment')) {
        verdict.misdelivered.push(`${client} was sent a word of ${describe(one)}`);
      }
    }
    if (role === 'agent' || visitor === null) continue;
    for (const secret of secretFiles) {
      const leaked = raw.includes(secret) || messages.some((text) => text.includes(secret));
      if (leaked) verdict.misdelivered.push(`${client} was sent ${secret} of a comment`);
    }
    const limit = conversations.get(visitor)?.lastPublicSeq ?? 0;
    for (const fault of countingNumbers(messages, limit)) {
      verdict.misdelivered.push(`${client} was sent ${fault}`);
    }
  }
}

/** Numbers of a conversation as visitors count it. */
const publicNumbers = new Set(['seq', 'position', 'delivered', 'read']);
/** Times, sizes, settings, ratings and versions that are times: a comment moves none of them. */
const innocent = new Set(
  [
    'serverTime expiresAt createdAt editedAt deletedAt at version size width height',
    'retryAfterMs status statusCode buttonSize chatWidth chatHeight seconds atLeast score',
  ].flatMap((names) => names.split(' ')),
);

/** Every number that a visitor is sent is a public one, or of a kind that says nothing of comments. */
function countingNumbers(messages: readonly string[], limit: number): Set<string> {
  const faults = new Set<string>();
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'number') {
      if (publicNumbers.has(name)) {
        if (value > limit) faults.add(`the number ${name}=${value} above the public ${limit}`);
      } else if (!innocent.has(name)) faults.add(`a number called "${name}"`);
    } else if (typeof value === 'string' && value.startsWith('[')) {
      // Longpoll's messages are frames as text.
      read(value);
    } else if (Array.isArray(value)) {
      for (const one of value) visit(one, name);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) visit(one, key);
    }
  };
  const read = (text: string): void => {
    try {
      visit(JSON.parse(text), '');
    } catch {
      // No JSON: its bytes are searched above.
    }
  };
  for (const text of messages) for (const line of text.split('\n')) read(line);
  return faults;
}

function describe({ author, kind, words, key }: Written): string {
  return `the ${kind} ${words[0]} of ${author} (${key ?? 'no key'})`;
}
