import type { ConversationStore } from '../../store/agent-client.js';

/** Closes a conversation that is not open on the screen: it is joined for that long. */
export async function closeCard(conversation: ConversationStore): Promise<void> {
  const leave = conversation.$conversation.listen(() => undefined);
  try {
    await conversation.close();
  } finally {
    leave();
  }
}
