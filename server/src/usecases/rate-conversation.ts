import { CodedError } from '#kit/protocol/errors.js';
import type { RatingSet } from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { storable } from './clean-text.js';
import { lockVisitor } from './locked-contact.js';
import { LockedConversation } from './locked-conversation.js';

/**
 * What a visitor thinks of their live conversation, open or closed (S5.5); agents read a line of each
 * change. The same again changes nothing. Rejects with `conversation_not_found` where nothing was
 * written yet, `forbidden` where the workspace asks for no ratings, `message_refused`,
 * `contact_not_found`.
 */
export async function rateConversation(
  ports: Ports,
  caller: VisitorCaller,
  { score, comment: given }: RatingSet,
): Promise<void> {
  const comment = given === null ? null : storable(given).trim() || null;
  await act(ports, async (repositories, emit) => {
    const contact = await lockVisitor(repositories, caller);
    if (contact.blocked !== null) throw new CodedError('message_refused');
    const workspace = await repositories.workspaces.get(caller.workspaceId);
    if (!workspace?.settings.askRating) throw new CodedError('forbidden');
    const live = await repositories.conversations.lockLive(contact.id, 'chat');
    if (!live) throw new CodedError('conversation_not_found');
    const before = live.rating;
    if (before?.score === score && before.comment === comment) return;
    const conversation = new LockedConversation(ports, repositories, emit, live);
    conversation.appendSystem({ type: 'rated', score, comment });
    conversation.set({ rating: { score, comment, at: ports.clock.now() } });
    await conversation.save();
  });
}
