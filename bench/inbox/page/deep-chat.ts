import 'deep-chat';
import './acts.js';

interface Message {
  role: 'user' | 'ai';
  text: string;
}

interface DeepChat extends HTMLElement {
  history: Message[];
  demo: boolean;
  chatStyle: Record<string, string>;
  maxVisibleMessages: number;
  addMessage(message: Message): void;
}

let history: Message[] = [];
let chat: DeepChat | undefined;

window.subject = {
  prepare: async (texts) => {
    history = texts.map((text, index) => ({ text, role: index % 3 === 0 ? 'user' : 'ai' }));
  },
  mount(place) {
    chat = document.createElement('deep-chat') as unknown as DeepChat;
    chat.chatStyle = { width: '800px', height: '600px' };
    // It drops all but the latest 4,000 otherwise.
    chat.maxVisibleMessages = Number.MAX_SAFE_INTEGER;
    // It does not render without a service to send to.
    chat.demo = true;
    chat.history = history;
    place.append(chat);
  },
  scroller: () => chat?.shadowRoot?.querySelector<HTMLElement>('#messages') ?? null,
  rows: () => chat?.shadowRoot?.querySelector('#messages > div') ?? null,
  append: (text) => chat?.addMessage({ role: 'ai', text }),
};
