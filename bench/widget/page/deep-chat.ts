import 'deep-chat';
import { onLauncher } from './launcher.js';

interface DeepChat extends HTMLElement {
  demo: boolean;
}

onLauncher((place) => {
  const chat = document.createElement('deep-chat') as unknown as DeepChat;
  // It does not render without a service to send to.
  chat.demo = true;
  place.append(chat);
});
