/** What the database holds, read past the product. */
export interface Truth {
  messages: StoredMessage[];
  conversations: StoredConversation[];
}

export interface StoredMessage {
  id: string;
  workspaceId: string;
  conversationId: string;
  clientId: string | null;
  kind: string;
  authorType: string;
  authorId: string | null;
  text: string;
  /** The `type` of a system line. */
  system: string | null;
  position: number;
  publicPosition: number | null;
  deleted: boolean;
}

export interface StoredConversation {
  id: string;
  workspaceId: string;
  contactId: string;
  live: boolean;
  lastPublicSeq: number;
  /** Numbers of the changes that the visitor may see, in order. */
  publicSeqs: number[];
}

/** Runs one statement and gives its rows. */
export type Query = (sql: string) => Promise<Record<string, unknown>[]>;

export async function readTruth(query: Query): Promise<Truth> {
  const messages = await query(
    `select id, workspace_id, conversation_id, client_id, kind, author_type, author_id, text,
            system ->> 'type' as system, position::int, public_position::int,
            deleted_at is not null as deleted
       from messages order by conversation_id, position`,
  );
  const conversations = await query(
    `select c.id, c.workspace_id, c.contact_id, c.live, c.last_public_seq::int,
            array(select public_seq::int from message_changes m
                   where m.conversation_id = c.id and public_seq is not null
                   order by public_seq) as public_seqs
       from conversations c order by c.id`,
  );
  return {
    messages: messages.map((row) => camel(row) as unknown as StoredMessage),
    conversations: conversations.map((row) => camel(row) as unknown as StoredConversation),
  };
}

function camel(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
