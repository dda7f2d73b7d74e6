import { mergeMark, type Mark } from '#kit/domain/message.js';
import type { Marks } from '#kit/protocol/payloads.js';
import type { Audience, Repositories } from '../ports.js';

/** How far both sides have come, in the numbers of the audience. */
export async function readMarks(
  { marks }: Pick<Repositories, 'marks'>,
  conversationId: string,
  audience: Audience,
): Promise<Marks> {
  const stored = await marks.get(conversationId);
  const agents = Object.values(stored.agents).reduce(mergeMark, { delivered: 0, read: 0 });
  if (audience === 'agent') {
    return { conversationId, contactMark: stored.contact, agentMark: agents };
  }
  const toPublic = async (mark: Mark): Promise<Mark> => ({
    delivered: await marks.toPublic(conversationId, mark.delivered),
    read: await marks.toPublic(conversationId, mark.read),
  });
  return {
    conversationId,
    contactMark: await toPublic(stored.contact),
    agentMark: await toPublic(agents),
  };
}
