import { events } from '#kit/protocol/events.js';
import type * as p from '#kit/protocol/payloads.js';
import type { AgentCaller } from '../auth/tokens.js';
import type { Ports } from '../usecases/act.js';
import { deleteReply, saveReply } from '../usecases/saved-replies.js';
import { deleteTemplate, saveTemplate } from '../usecases/templates.js';
import type { Scope, TopicDefinition } from './topic-channel.js';

type Inbox = Scope<AgentCaller>;

/** In the inbox: what agents write again and again. */
export function savedTextHandlers(ports: Ports): TopicDefinition<AgentCaller>['handlers'] {
  return {
    async [events.replySave]({ caller }: Inbox, payload: p.ReplySave) {
      return { reply: await saveReply(ports, caller, payload) };
    },
    async [events.replyDelete]({ caller }: Inbox, payload: p.ById) {
      await deleteReply(ports, caller, payload);
      return {};
    },
    async [events.templateSave]({ caller }: Inbox, payload: p.TemplateSave) {
      return { template: await saveTemplate(ports, caller, payload) };
    },
    async [events.templateDelete]({ caller }: Inbox, payload: p.ById) {
      await deleteTemplate(ports, caller, payload);
      return {};
    },
  };
}
