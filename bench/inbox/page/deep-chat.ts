import 'deep-chat';
import './acts.js';

interface Message {
  role: 'user' | 'ai';
  text: string;
}

interface DeepChat extends HTMLElement {
  history: Message[];
  demo: boolean;
  addMessage(message: Message): void;
}

let history: Message[] = [];
let chat: DeepChat | undefined;

window.subject = {
  prepare: async (texts) => {
    history = texts.map((text, index) => ({ text, role: index % 3 === 0 ? 'user' : 'ai' }));
  },
  mount(place) {
    chat = document.createElement('deep-chat') as DeepChat;
    chat.style.width = '100%';
    chat.style.height = '100%';
    // It does not render without a service to send to.
    chat.demo = true;
    chat.history = history;
    place.append(chat);
  },
  scroller: () => chat?.shadowRoot?.querySelector<HTMLElement>('#messages') ?? null,
  rows: () => chat?.shadowRoot?.querySelector('#messages') ?? null,
  append: (text) => chat?.addMessage({ role: 'ai', text }),
};
