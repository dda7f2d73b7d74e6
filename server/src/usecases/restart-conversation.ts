import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorCaller } from '../auth/tokens.js';
import { act, type Ports } from './act.js';
import { lockVisitor } from './locked-contact.js';
import { LockedConversation } from './locked-conversation.js';

/**
 * Ends the visitor's live conversation: agents find it among the earlier ones, and the next message
 * starts a new one. Where there is none nothing happens. Rejects with `message_refused`,
 * `contact_not_found`.
 */
export async function restartConversation(ports: Ports, caller: VisitorCaller): Promise<void> {
  await act(ports, async (repositories, emit) => {
    const contact = await lockVisitor(repositories, caller);
    if (contact.blocked !== null) throw new CodedError('message_refused');
    const live = await repositories.conversations.lockLive(contact.id, 'chat');
    if (!live) return;
    const conversation = new LockedConversation(ports, repositories, emit, live);
    conversation.appendSystem({ type: 'restarted' });
    const closedAt = live.closedAt ?? ports.clock.now();
    conversation.set({ live: false, state: 'closed', closedAt, waitingSince: null });
    await conversation.save();
  });
}
