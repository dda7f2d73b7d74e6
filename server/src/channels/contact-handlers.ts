import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import { liftBlock } from '../usecases/block-contact.js';
import type { Ports } from '../usecases/act.js';
import { findContacts } from '../usecases/find-contacts.js';
import { listBlocked } from '../usecases/list-blocked.js';
import type { Scope, TopicDefinition } from './topic-channel.js';

type Inbox = Scope<AgentCaller>;

/** In the inbox: whom to write to, and who may not write. */
export function contactHandlers(ports: Ports): TopicDefinition<AgentCaller>['handlers'] {
  return {
    [events.contactsFind]: ({ caller }: Inbox, payload: p.ContactsFind) =>
      findContacts(ports, caller, payload),
    [events.contactsBlocked]: ({ caller }: Inbox, payload: p.ContactsBlocked) =>
      listBlocked(ports, caller, payload),
    async [events.contactLift]({ caller }: Inbox, payload: p.ContactLift) {
      await liftBlock(ports, caller, payload);
      return {};
    },
  };
}
