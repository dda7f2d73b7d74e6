import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';
import { ChatContainer, Message, MessageList } from '@chatscope/chat-ui-kit-react';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import './acts.js';

interface Model {
  message: string;
  sender: string;
  direction: 'incoming' | 'outgoing';
  position: 'single';
}

let models: Model[] = [];
let root: Root | undefined;
let shown: HTMLElement | undefined;

const model = (message: string, own: boolean): Model => ({
  message,
  sender: own ? 'Giulia' : 'Maja',
  direction: own ? 'outgoing' : 'incoming',
  position: 'single',
});

function render(): void {
  const messages = models.map((one, index) => createElement(Message, { key: index, model: one }));
  root?.render(createElement(ChatContainer, null, createElement(MessageList, null, messages)));
}

window.subject = {
  prepare: async (texts) => {
    models = texts.map((text, index) => model(text, index % 3 === 0));
  },
  mount(place) {
    shown = place;
    root = createRoot(place);
    render();
  },
  scroller: () => shown?.querySelector<HTMLElement>('.cs-message-list__scroll-wrapper') ?? null,
  rows: () => shown?.querySelector('.cs-message-list__scroll-wrapper') ?? null,
  append(text) {
    models = [...models, model(text, false)];
    render();
  },
};
