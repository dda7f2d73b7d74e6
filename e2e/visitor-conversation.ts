import type { Page } from '@playwright/test';
import { peerVisitor } from './peer.js';

/** Id of the conversation that a page's visitor has. */
export async function conversationOf(
  page: Page,
  { chat, workspace }: { chat: string; workspace: string },
): Promise<string> {
  const visitorToken = await page.evaluate(
    (id) => JSON.parse(localStorage.getItem(`convkit/visitor/${id}`) ?? '""') as string,
    workspace,
  );
  const { channel, close } = await peerVisitor(chat, workspace, visitorToken);
  close();
  return (channel.joined as { conversation: { id: string } }).conversation.id;
}
