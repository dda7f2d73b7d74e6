import { administer } from './databases.js';

/** Of every conversation but the long one. */
export const MESSAGES_EACH = 10;

/**
 * Messages by the million come from the database itself. Both ways need a database with one
 * visitor's conversation in it, `ours` below.
 */
const ours = `(select * from conversations where id not like 'cv_fill%' limit 1)`;

const messageColumns = `(id, workspace_id, conversation_id, kind, author_type, author_id, text,
  format, position, seq, public_position, public_seq, created_at)`;
const change = `insert into message_changes
  (conversation_id, seq, public_seq, message_id, kind, at)
  select conversation_id, seq, public_seq, id, 'created', created_at
  from messages where id like 'ms_fill%'`;
const text = `'I asked before, and there is still no answer: where is it?'`;

/** What is filled in counts as searchable: nothing is taken in while something else is measured. */
const searchable = `insert into search_progress (conversation_id, seq)
  select id, last_seq from conversations
  on conflict (conversation_id) do update set seq = excluded.seq`;

/** Makes the visitor's conversation so many messages long. */
export function lengthen(url: string, messages: number): Promise<void> {
  return administer(
    url,
    'begin',
    `insert into messages ${messageColumns}
      select 'ms_fill' || n, c.workspace_id, c.id, 'reply', 'contact', c.contact_id, ${text},
        'plain', c.last_seq + n, c.last_seq + n, c.last_public_seq + n, c.last_public_seq + n,
        c.active_at
      from ${ours} c, generate_series(1, ${messages}) n`,
    change,
    `update conversations set last_seq = last_seq + ${messages},
      last_public_seq = last_public_seq + ${messages}`,
    searchable,
    'commit',
    'vacuum analyze',
    'checkpoint',
  );
}

/** Puts so many messages into conversations of other visitors. */
export function multiply(url: string, messages: number): Promise<void> {
  const conversations = Math.ceil(messages / MESSAGES_EACH);
  return administer(
    url,
    'begin',
    `insert into contacts (id, workspace_id, created_at)
      select 'ct_fill' || n, c.workspace_id, c.created_at
      from ${ours} c, generate_series(1, ${conversations}) n`,
    `insert into conversations (id, workspace_id, contact_id, channel, state, live, assigned,
        last_seq, last_public_seq, last_message_id, active_at, last_contact_position, created_at)
      select 'cv_fill' || n, c.workspace_id, 'ct_fill' || n, c.channel, 'open', true, false,
        ${MESSAGES_EACH}, ${MESSAGES_EACH}, 'ms_fill' || n || '_${MESSAGES_EACH}', c.active_at + n,
        ${MESSAGES_EACH}, c.created_at
      from ${ours} c, generate_series(1, ${conversations}) n`,
    `insert into messages ${messageColumns}
      select 'ms_fill' || n || '_' || m, c.workspace_id, 'cv_fill' || n, 'reply', 'contact',
        'ct_fill' || n, ${text}, 'plain', m, m, m, m, c.active_at + n
      from ${ours} c, generate_series(1, ${conversations}) n, generate_series(1, ${MESSAGES_EACH}) m`,
    change,
    `update conversation_counts set open = open + ${conversations}
      where subject in ('all', 'unassigned')`,
    searchable,
    'commit',
    'vacuum analyze',
    'checkpoint',
  );
}
