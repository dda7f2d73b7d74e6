import type { ContactForm } from '#kit/domain/contact-form.js';
import type { Message, SystemEvent } from '#kit/domain/message.js';
import type * as p from '#kit/protocol/payloads.js';
import type { VisitorCaller } from '../src/auth/tokens.js';
import { createWorkspace } from '../src/usecases/create-workspace.js';
import { updateSetting } from '../src/usecases/update-settings.js';
import { agentCaller, clientId, type Fixture } from './app-fixture.js';
import { RawSocket } from './raw-socket.js';

export const form: ContactForm = {
  when: 'before',
  fields: [
    { key: 'name', labels: {}, required: true },
    { key: 'email', labels: {}, required: true },
    { key: 'phone', labels: {}, required: false },
    { key: 'Order number', labels: { en: 'Your order' }, required: false },
  ],
  consents: [
    { name: 'terms', texts: { en: 'I agree' }, url: 'https://shop.example/terms', required: true },
    { name: 'marketing', texts: { en: 'Write to me' }, url: null, required: false },
  ],
};

export interface Page {
  socket: RawSocket;
  topic: string;
  caller: VisitorCaller;
  joined: p.VisitorJoined;
  push<Reply>(event: string, payload?: object): Promise<Reply>;
  write(text: string, more?: object): Promise<Message>;
  /** The next of this event that fits, past or to come. */
  next<Payload>(event: string, fits?: (payload: Payload) => boolean): Promise<Payload>;
}

export type Scene = Awaited<ReturnType<ReturnType<typeof widgetScenes>['scene']>>;

/** Workspaces of their own, with the owner at the inbox and visitors on their pages. */
export function widgetScenes(fixture: () => Fixture) {
  const sockets: RawSocket[] = [];
  const open = async (token: string): Promise<RawSocket> => {
    const socket = await RawSocket.open(fixture().url, token);
    sockets.push(socket);
    return socket;
  };

  return {
    async scene() {
      const { app, storage } = fixture();
      const { ports } = app;
      const made = await createWorkspace(ports, { name: 'Shop' });
      const { workspace, owner } = made;
      const inbox = `inbox:${workspace.id}`;
      const desk = await open(await fixture().agentToken(owner));
      await desk.join(inbox);
      const device = async ({ caller, token }: { caller: VisitorCaller; token: string }) => {
        const socket = await open(token);
        const topic = `visitor:${caller.contactId}`;
        const joined = await socket.join<p.VisitorJoined>(topic);
        const page: Page = {
          socket,
          topic,
          caller,
          joined,
          push: (event, payload) => socket.push(topic, event, payload),
          async write(text, more = {}) {
            const sent = { clientId: clientId(), text, ...more };
            return (await socket.push<p.MessageStored>(topic, 'message:send', sent)).message;
          },
          next: (event, fits) => socket.next(topic, event, fits),
        };
        return page;
      };
      return {
        ports,
        storage,
        workspace,
        owner,
        agent: agentCaller(owner),
        inbox,
        desk,
        device,
        visitor: async () => device(await fixture().visitor(workspace.id)),
        set: (name: string, value: unknown) => updateSetting(ports, workspace.id, name, value),
        group: async (name: string, more: object = {}) =>
          (
            await desk.push<p.GroupReply>(inbox, 'group:save', {
              name,
              names: {},
              private: false,
              memberIds: [],
              ...more,
            })
          ).group,
        /** The system lines that agents read in a conversation. */
        async lines(conversationId: string): Promise<SystemEvent[]> {
          const range = { conversationId, audience: 'agent', limit: 200, before: null } as const;
          const { messages } = await storage.messages.before(range);
          return messages.flatMap(({ system }) => system ?? []);
        },
      };
    },
    async close(): Promise<void> {
      for (const socket of sockets) await socket.close();
    },
  };
}
