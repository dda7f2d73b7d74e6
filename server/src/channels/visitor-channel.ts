import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import { topics } from '#kit/protocol/topics.js';
import { CodedError } from '#kit/protocol/errors.js';
import type { VisitorCaller } from '../auth/tokens.js';
import { chooseGroup } from '../usecases/choose-group.js';
import { joinVisitor } from '../usecases/join-visitor.js';
import { listMessages } from '../usecases/list-messages.js';
import { mark } from '../usecases/mark.js';
import { rateConversation } from '../usecases/rate-conversation.js';
import { recordPageView } from '../usecases/record-page-view.js';
import { restartConversation } from '../usecases/restart-conversation.js';
import { pushContactData } from '../usecases/set-contact-data.js';
import { sendVisitorMessage } from '../usecases/send-visitor-message.js';
import { signFiles } from '../usecases/sign-files.js';
import { submitForm } from '../usecases/submit-form.js';
import { visitorMessage } from '../usecases/views.js';
import { visitorConversation } from '../usecases/visitor-conversation.js';
import type { JoinedVisitors } from './joined-visitors.js';
import type { ChannelPorts, Scope, TopicDefinition } from './topic-channel.js';
import type { TypingRelay } from './typing.js';

type Visitor = Scope<VisitorCaller>;

/** `visitor:<contact id>`: one contact's widgets, on all their devices. */
export function visitorTopic(
  { ports }: ChannelPorts,
  joined: JoinedVisitors,
  typing: TypingRelay,
): TopicDefinition<VisitorCaller> {
  return {
    kind: 'visitor',
    presence: false,
    callerType: 'visitor',
    mayJoin: (caller, id) => caller.contactId === id,

    async join({ context, caller }, payload: p.VisitorJoin) {
      joined.add(context, caller.contactId, caller.workspaceId);
      try {
        const reply = await joinVisitor(ports, caller, payload);
        joined.welcome(context, reply);
        return reply;
      } catch (fault) {
        joined.remove(context);
        throw fault;
      }
    },

    handlers: {
      async [events.snapshotGet]({ context, caller }: Visitor, payload: p.VisitorJoin) {
        const stamp = ports.stamp();
        const reply = await joinVisitor(ports, caller, payload);
        joined.shownAgain(context, reply, stamp);
        return reply;
      },
      async [events.messageSend]({ caller }: Visitor, payload: p.VisitorMessageSend) {
        const message = visitorMessage(await sendVisitorMessage(ports, caller, payload));
        if (!message) throw new CodedError('internal');
        return { message };
      },
      [events.messagesList]: ({ caller }: Visitor, payload: p.MessagesList) =>
        listMessages(ports, caller, payload),
      [events.filesSign]: ({ caller }: Visitor, payload: p.FilesSign) =>
        signFiles(ports, caller, payload.ids, null),
      [events.mark]: ({ caller }: Visitor, payload: p.MarkSet) => mark(ports, caller, payload),
      async [events.typing]({ context, caller }: Visitor, payload: p.VisitorTypingSet) {
        if (!payload.typing) {
          typing.stops(context);
          return {};
        }
        const { contactId } = caller;
        const conversation = await ports.storage.conversations.live(contactId, 'chat');
        if (!conversation) return {};
        const audience = [topics.conversation(conversation.id)];
        if (typing.isRepeated(context, audience)) return {};
        const contact = await ports.storage.contacts.get(contactId);
        if (contact === null || contact.blocked !== null) return {};
        const { name, avatarUrl } = contact;
        typing.types(context, audience, { type: 'contact', id: contactId, name, avatarUrl });
        return {};
      },
      async [events.contactData]({ caller }: Visitor, payload: p.ContactData) {
        await pushContactData(ports, caller, payload);
        return {};
      },
      async [events.formSubmit]({ caller }: Visitor, payload: p.FormSubmit) {
        return { contact: await submitForm(ports, caller, payload) };
      },
      async [events.ratingSet]({ caller }: Visitor, payload: p.RatingSet) {
        await rateConversation(ports, caller, payload);
        return { conversation: await visitorConversation(ports, caller.contactId) };
      },
      async [events.groupChoose]({ caller }: Visitor, payload: p.GroupChoose) {
        await chooseGroup(ports, caller, payload);
        return {};
      },
      async [events.conversationRestart]({ caller }: Visitor) {
        await restartConversation(ports, caller);
        return {};
      },
      async [events.pageView]({ context, caller }: Visitor, payload: p.PageViewPush) {
        await recordPageView(ports, caller, payload, context.socket.assigns);
        return {};
      },
    },

    terminate: ({ context }) => typing.stops(context),
  };
}
