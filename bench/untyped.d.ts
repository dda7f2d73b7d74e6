/** What is installed by the command itself, and not there when types are checked. */
declare module 'deep-chat';
declare module '@vaadin/message-list';
declare module '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';
declare module '@chatscope/chat-ui-kit-react' {
  export const ChatContainer: unknown;
  export const Message: unknown;
  export const MessageList: unknown;
}
declare module 'react' {
  export function createElement(
    type: unknown,
    props: object | null,
    ...children: unknown[]
  ): object;
}
declare module 'react-dom/client' {
  export interface Root {
    render(element: object): void;
  }
  export function createRoot(place: Element): Root;
}
declare module 'vue-advanced-chat' {
  export function register(): void;
}
declare module '@papercups-io/chat-widget' {
  export const ChatWidget: unknown;
}
declare module '@typebot.io/js/web' {
  const Typebot: { initBubble(options: object): void };
  export default Typebot;
}
