import '../../../src/elements/conv-thread/conv-thread.js';
import { createAgentClient } from '../../../src/store/agent-client.js';
import type { ConversationStore } from '../../../src/store/conversation.js';
import { memoryStorage } from '../../../src/store/storage.js';
import type { MemoryServer } from '../../../src/transport/memory/index.js';
import './acts.js';
import { gate } from './gate.js';
import type { Subject } from './subject.js';

const [conversationId, contactId, agentId] = ['cv_bench', 'ct_bench', 'ag_bench'];
const minute = 60_000;

/** `all`: every message is in the store; else the latest page, and the older ones on the server. */
function ours(all: boolean): Subject {
  let server: MemoryServer;
  const arrivals = gate();
  let thread: HTMLElement | undefined;
  let client: ReturnType<typeof createAgentClient>;
  let conversation: ConversationStore;
  /** The oldest message in the store when it was shown, or when older ones came last. */
  let oldest = '';

  const inside = (selector: string): HTMLElement | null =>
    thread?.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  const firstKey = (): string => conversation.$thread.get().items[0]?.key ?? '';

  /** Resolves once the thread is as `is` says. */
  function until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const stop = conversation.$thread.subscribe(() => {
        if (is()) queueMicrotask(() => (stop(), resolve()));
      });
    });
  }

  return {
    async serve(texts) {
      const { createMemoryServer } = await import('../../../src/transport/memory/index.js');
      server = createMemoryServer({
        workspace: { id: 'ws_bench', name: 'Bench' },
        agents: [{ id: agentId, name: 'Giulia Rossi', role: 'owner' }],
        conversations: [
          {
            id: conversationId,
            contact: { id: contactId, name: 'Maja Lindqvist' },
            assigneeIds: [agentId],
            readBy: [agentId],
            messages: texts.map((text, index) => ({
              text,
              agoMs: (texts.length - index) * minute,
              ...(index % 3 === 0 ? { by: agentId } : {}),
            })),
          },
        ],
      });
    },
    async prepare() {
      client = createAgentClient({
        transport: arrivals.before(server.agentTransport(agentId)),
        workspaceId: 'ws_bench',
        storage: memoryStorage(),
      });
      conversation = client.conversation(conversationId);
      const { $thread } = conversation;
      $thread.listen(() => undefined);
      await until(() => $thread.get().status === 'ready');
      while (all && $thread.get().hasOlder) {
        const before = firstKey();
        conversation.loadOlder();
        await until(() => firstKey() !== before);
      }
      oldest = firstKey();
    },
    mount(place) {
      const element = document.createElement('conv-thread');
      element.client = client;
      element.conversationId = conversationId;
      thread = element;
      place.append(element);
    },
    scroller: () => inside('.scroller'),
    rows: () => inside('.rows'),
    write(text) {
      arrivals.close();
      server.say(contactId, text);
      return arrivals.something();
    },
    append: () => arrivals.open(),
    ...(all
      ? {}
      : {
          hasOlder() {
            const { hasOlder, loadingOlder } = conversation.$thread.get();
            if (firstKey() === oldest && hasOlder) return false;
            if (loadingOlder) return false;
            oldest = firstKey();
            return true;
          },
        }),
  };
}

window.subject = ours(new URL(location.href).searchParams.has('all'));
