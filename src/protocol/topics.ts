/** Topic names of the wire contract; ids are the whole rest after the first colon. */
export const topics = {
  visitor: (contactId: string) => `visitor:${contactId}`,
  inbox: (workspaceId: string) => `inbox:${workspaceId}`,
  conversation: (conversationId: string) => `conversation:${conversationId}`,
} as const;

export type TopicKind = keyof typeof topics;

/** Splits a topic; null when it is not one of the contract. */
export function parseTopic(topic: string): { kind: TopicKind; id: string } | null {
  const colon = topic.indexOf(':');
  const kind = topic.slice(0, colon);
  const id = topic.slice(colon + 1);
  if (colon < 1 || id === '' || !Object.hasOwn(topics, kind)) return null;
  return { kind: kind as TopicKind, id };
}

/** Path under the server's origin that the `phoenix` client is given; it appends `/websocket` or `/longpoll`. */
export const socketPath = '/socket';
