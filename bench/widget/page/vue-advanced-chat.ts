import { register } from 'vue-advanced-chat';
import { onLauncher } from './launcher.js';

interface VueAdvancedChat extends HTMLElement {
  height: string;
  currentUserId: string;
  singleRoom: boolean;
  rooms: object[];
  roomsLoaded: boolean;
  roomId: string;
  messages: object[];
  messagesLoaded: boolean;
}

register();
const users = [
  { _id: 'visitor', username: 'Visitor', status: { state: 'online' } },
  { _id: 'agent', username: 'Giulia Rossi', status: { state: 'online' } },
];

onLauncher((place) => {
  const chat = document.createElement('vue-advanced-chat') as VueAdvancedChat;
  Object.assign(chat, {
    height: '480px',
    currentUserId: 'visitor',
    singleRoom: true,
    rooms: [{ roomId: 'room', roomName: 'Chat', avatar: '', users }],
    roomsLoaded: true,
    roomId: 'room',
    messages: [],
    messagesLoaded: true,
  });
  place.append(chat);
});
