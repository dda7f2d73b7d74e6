export { default as LongPoll } from '../../node_modules/phoenix/assets/js/phoenix/longpoll.js';
