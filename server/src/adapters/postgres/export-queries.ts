import type pg from 'pg';
import type { ExportedFile, ExportedLine } from '../../archive-ports.js';
import { readLines } from './read-lines.js';

/**
 * What an export says of each kind of thing, in the order of the lines. Secrets, hashes of
 * passwords and sessions are no part of it. `$1` is a workspace, or null for all.
 */
const queries = [
  `select json_build_object('type', 'workspace', 'id', id, 'name', name, 'settings', settings,
      'allowedOrigins', allowed_origins, 'createdAt', created_at)::text as line
    from workspaces where id = $1 or $1 is null order by id`,

  `select json_build_object('type', 'agent', 'id', g.id, 'workspaceId', g.workspace_id,
      'name', g.name, 'email', a.email, 'role', g.role, 'externalId', g.external_id,
      'avatarUrl', g.avatar_url)::text as line
    from agents g join accounts a on a.id = g.account_id
    where g.workspace_id = $1 or $1 is null order by g.workspace_id, g.id`,

  `select json_build_object('type', 'group', 'id', g.id, 'workspaceId', g.workspace_id,
      'name', g.name, 'names', g.names, 'private', g.private, 'agentIds', array(select agent_id from group_members m
        where m.group_id = g.id order by agent_id))::text as line
    from groups g where g.workspace_id = $1 or $1 is null order by g.workspace_id, g.id`,

  `select json_build_object('type', 'savedReply', 'id', id, 'workspaceId', workspace_id,
      'shortcut', shortcut, 'text', text, 'ownerId', owner_id, 'createdAt', created_at)::text as line
    from saved_replies where workspace_id = $1 or $1 is null order by workspace_id, id`,

  `select json_build_object('type', 'template', 'id', id, 'workspaceId', workspace_id,
      'name', name, 'subject', subject, 'body', body, 'createdAt', created_at)::text as line
    from templates where workspace_id = $1 or $1 is null order by workspace_id, id`,

  `select json_build_object('type', 'contact', 'id', id, 'workspaceId', workspace_id,
      'name', name, 'email', email, 'phone', phone, 'avatarUrl', avatar_url,
      'language', language, 'groupId', group_id, 'chosenGroupId', chosen_group, 'formAnswered', form_answered, 'notes', notes, 'tags', tags,
      'attributes', attributes, 'consents', consents, 'data', data, 'blocked', blocked,
      'blockedAt', blocked_at, 'blockedBy', blocked_by, 'createdAt', created_at)::text as line
    from contacts where workspace_id = $1 or $1 is null order by workspace_id, id`,

  `select json_build_object('type', 'visit', 'id', v.id, 'workspaceId', v.workspace_id,
      'contactId', v.contact_id, 'startedAt', v.started_at, 'lastSeenAt', v.last_seen_at,
      'browser', v.browser, 'system', v.system, 'referrer', v.referrer,
      'language', v.language, 'timeZone', v.time_zone, 'ip', v.ip, 'country', v.country,
      'city', v.city,
      'pages', coalesce((select json_agg(json_build_object('url', p.url, 'title', p.title,
        'at', p.at) order by p.at, p.id) from page_views p where p.visit_id = v.id),
        '[]'::json))::text as line
    from visits v where v.workspace_id = $1 or $1 is null
    order by v.workspace_id, v.id`,

  `select json_build_object('type', 'conversation', 'id', c.id, 'workspaceId', c.workspace_id,
      'contactId', c.contact_id, 'channel', c.channel, 'state', c.state, 'live', c.live,
      'subject', c.subject, 'rating', c.rating, 'groupId', c.group_id, 'assigneeIds', array(select agent_id from conversation_assignees a
        where a.conversation_id = c.id order by place, agent_id),
      'marks', coalesce((select json_object_agg(m.party, json_build_object('delivered',
        m.delivered, 'read', m.read) order by m.party) from marks m
        where m.conversation_id = c.id), '{}'::json),
      'createdAt', c.created_at, 'activeAt', c.active_at, 'closedAt', c.closed_at)::text as line
    from conversations c where (c.workspace_id = $1 or $1 is null) and c.deleted_at is null
    order by c.workspace_id, c.id`,

  `select json_build_object('type', 'message', 'id', m.id, 'workspaceId', m.workspace_id,
      'conversationId', m.conversation_id, 'clientId', m.client_id, 'kind', m.kind,
      'author', json_build_object('type', m.author_type, 'id', m.author_id,
        'name', m.author_name),
      'text', m.text, 'format', m.format, 'system', m.system, 'mentions', m.mentions,
      'email', (select json_build_object('to', e.recipient, 'subject', e.subject,
        'state', e.state, 'error', e.error) from emails e where e.message_id = m.id),
      'fileIds', array(select f.id from attachments f
        where f.message_id = m.id and f.deleted_at is null order by f.place),
      'position', m.position, 'seq', m.seq, 'createdAt', m.created_at,
      'editedAt', m.edited_at, 'deletedAt', m.deleted_at)::text as line
    from messages m join conversations c on c.id = m.conversation_id
    where (m.workspace_id = $1 or $1 is null) and c.deleted_at is null
    order by m.workspace_id, m.conversation_id, m.position`,

  `select json_build_object('type', 'audit', 'id', id, 'workspaceId', workspace_id,
      'actorType', actor_type, 'actorId', actor_id, 'action', action, 'targetId', target_id,
      'details', details, 'at', at)::text as line
    from audit where workspace_id = $1 or $1 is null order by workspace_id, at, id`,
];

const files = `select json_build_object('id', f.id, 'workspaceId', f.workspace_id,
    'conversationId', f.conversation_id, 'messageId', f.message_id, 'name', f.name,
    'size', f.size, 'mediaType', f.media_type)::text as line
  from attachments f
  where (f.workspace_id = $1 or $1 is null) and f.message_id is not null
    and f.deleted_at is null and not exists (
      select 1 from conversations c where c.id = f.conversation_id and c.deleted_at is not null)
  order by f.workspace_id, f.conversation_id, f.id`;

/** In a transaction that sees one moment. */
export async function* exportedLines(
  client: pg.ClientBase,
  workspaceId: string | null,
): AsyncIterable<ExportedLine> {
  for (const query of queries) {
    for await (const json of readLines(client, query, [workspaceId])) yield { type: 'line', json };
  }
  for await (const json of readLines(client, files, [workspaceId])) {
    yield { type: 'file', file: JSON.parse(json) as ExportedFile };
  }
}
