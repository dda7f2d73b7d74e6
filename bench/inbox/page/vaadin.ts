import '@vaadin/message-list';
import './acts.js';

interface Item {
  text: string;
  time: string;
  userName: string;
}

interface MessageList extends HTMLElement {
  items: Item[];
}

const item = (text: string, own: boolean): Item => ({
  text,
  time: '12:00',
  userName: own ? 'Giulia Rossi' : 'Maja Lindqvist',
});

let items: Item[] = [];
let list: MessageList | undefined;

window.subject = {
  prepare: async (texts) => {
    items = texts.map((text, index) => item(text, index % 3 === 0));
  },
  mount(place) {
    list = document.createElement('vaadin-message-list') as MessageList;
    list.style.height = '100%';
    place.append(list);
    // Later than that: with items before it is there, it stays at the first of them.
    list.items = items;
  },
  scroller: () => list ?? null,
  rows: () => list ?? null,
  append(text) {
    items = [...items, item(text, false)];
    if (list) list.items = items;
  },
};
