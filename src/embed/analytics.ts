import type { ChatMessageReceived, ChatMessageSent } from '../elements/chat-widget/events.js';
import type { AttachedChat, LoadedPage } from './loaded-page.js';
import type { ChatOptions } from './options.js';

type Tracker = (...command: unknown[]) => void;

/** Events of the widget that are told, by the names under which they are. */
const told = {
  'chat-opened': 'chat_opened',
  'chat-closed': 'chat_closed',
  'chat-message-sent': 'message_sent',
  'chat-message-received': 'message_received',
  'chat-form-submitted': 'contact_form_submitted',
  'chat-rated': 'conversation_rated',
} as const;

/** Tells the page's callbacks and its own tracker what happens in the chat. Never any text of it. */
export function tellAnalytics(page: LoadedPage, { element }: AttachedChat): void {
  const { options, signal } = page;
  const safely = (act: () => void): void => {
    try {
      act();
    } catch (cause) {
      page.warn('callback_failed', cause);
    }
  };
  let started = false;
  const tell = (name: string): void => {
    safely(() => options.onAnalyticEvent?.(name, {}));
    safely(() => track(name, options));
  };
  // It may have been opened while this was on its way.
  if (page.open) tell('chat_opened');
  for (const [type, name] of Object.entries(told)) {
    const listener = (): void => {
      if (name === 'message_sent' && !started) tell('conversation_started');
      started ||= name === 'message_sent';
      tell(name);
    };
    element.addEventListener(type, listener, { signal });
  }
  element.addEventListener(
    'chat-message-sent',
    (event) => {
      const { text } = (event as ChatMessageSent).detail;
      const message = { id: null, type: 'visitor', text, agentId: null, agentName: null } as const;
      safely(() => options.onNewMessage?.({ ...message, createdAt: Date.now() }));
    },
    { signal },
  );
  element.addEventListener(
    'chat-message-received',
    (event) => {
      const { id, text, author } = (event as ChatMessageReceived).detail;
      const by = { agentId: author.id, agentName: author.name };
      safely(() =>
        options.onNewMessage?.({ id, type: 'agent', text, createdAt: Date.now(), ...by }),
      );
    },
    { signal },
  );
}

/** A tracker that the page itself has: nothing is ever loaded for it. */
function track(name: string, options: ChatOptions): void {
  if (options.disableGaTracking) return;
  const page = window as unknown as Record<string, unknown>;
  const { gaTrackingId, gaTrackerName } = options;
  if (typeof page['gtag'] === 'function') {
    (page['gtag'] as Tracker)('event', name, {
      event_category: 'ConvKit',
      ...(gaTrackingId && { send_to: gaTrackingId }),
    });
  } else if (typeof page['ga'] === 'function') {
    const send = gaTrackerName ? `${gaTrackerName}.send` : 'send';
    (page['ga'] as Tracker)(send, 'event', 'ConvKit', name);
  } else if (Array.isArray(page['dataLayer'])) {
    page['dataLayer'].push({ event: `convkit_${name}` });
  }
}
