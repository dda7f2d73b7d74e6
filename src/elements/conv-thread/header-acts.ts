import type { ReactiveControllerHost } from 'lit';
import type { ContactBlock, Conversation } from '../../domain/index.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { ConversationStore } from '../../store/agent-client.js';
import { DialogController } from '../shared/dialog-controller.js';
import { emit } from '../shared/events.js';
import { MenuController } from '../shared/menu-controller.js';
import { codeOf } from '../shared/shown-error.js';
import type {
  ContactBlocked,
  ConversationAssigned,
  ConversationGrouped,
  ThreadRef,
} from './events.js';

interface HeaderParts {
  conversation(): ConversationStore | undefined;
  shown(): Conversation | null;
  /** Id of the agent. */
  me(): string | null;
  /** The conversation was deleted by the agent. */
  onRemoved(): void;
}

/** The acts of a conversation's header (S3.15): menus, dialogs, and what comes of them. */
export class HeaderActs {
  /** Why the last act was refused. */
  fault: ErrorCode | null = null;
  /** What was typed to find an agent. */
  query = '';
  readonly agents: MenuController;
  readonly groups: MenuController;
  readonly blocking: DialogController;
  readonly deleting: DialogController;
  /** The groups of the team, to edit. */
  readonly editing: DialogController;
  #host: ReactiveControllerHost & HTMLElement;
  #parts: HeaderParts;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: HeaderParts) {
    this.#host = host;
    this.#parts = parts;
    this.agents = this.#menu('assign');
    this.groups = this.#menu('group');
    this.blocking = new DialogController(host, 'block', { first: 'input:checked' });
    this.deleting = new DialogController(host, 'question', { first: '.cancel' });
    this.editing = new DialogController(host, 'groups');
  }

  /** Another conversation is shown. */
  reset(): void {
    this.fault = null;
    this.query = '';
    this.agents.hide();
    this.groups.hide();
    this.blocking.hide();
    this.deleting.hide();
    this.editing.hide();
  }

  readonly onCloseOrReopen = async (): Promise<void> => {
    const conversation = this.#parts.conversation();
    if (!conversation) return;
    const detail: ThreadRef = { conversationId: conversation.id };
    if (this.#parts.shown()?.state === 'closed') {
      const done = await this.#try(() => conversation.reopen());
      if (done) emit(this.#host, 'conv-conversation-reopened', detail);
      return;
    }
    if (!emit(this.#host, 'conv-before-conversation-close', detail, { cancelable: true })) return;
    const done = await this.#try(() => conversation.close());
    if (done) emit(this.#host, 'conv-conversation-closed', detail);
  };

  /** From an item with `data-agent`. */
  readonly onAssign = (event: Event): void => {
    const id = keyOf(event, 'agent');
    if (id === undefined) return;
    void this.#assign((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]));
  };

  readonly onAssignMe = (): void => {
    const me = this.#parts.me();
    this.agents.hide({ refocus: true });
    if (me !== null) void this.#assign((ids) => [...ids, me]);
  };

  readonly onFindAgent = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.#host.requestUpdate();
  };

  /** From an item with `data-group`; an empty one is no group. */
  readonly onGroup = async (event: Event): Promise<void> => {
    const conversation = this.#parts.conversation();
    const groupId = keyOf(event, 'group') || null;
    this.groups.hide({ refocus: true });
    if (!conversation || groupId === (this.#parts.shown()?.groupId ?? null)) return;
    if (!(await this.#try(() => conversation.assignGroup(groupId)))) return;
    const detail: ConversationGrouped = { conversationId: conversation.id, groupId };
    emit(this.#host, 'conv-conversation-grouped', detail);
  };

  readonly onEditGroups = async (): Promise<void> => {
    this.groups.hide({ refocus: true });
    try {
      await import('../conv-groups/conv-groups.js');
    } catch {
      this.fault = 'connection_lost';
      this.#host.requestUpdate();
      return;
    }
    await this.editing.show();
  };

  readonly onBlock = (event: Event): void => void this.blocking.show(event.currentTarget);

  readonly onBlockNow = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const how = new FormData(event.currentTarget as HTMLFormElement).get('how') as ContactBlock;
    this.blocking.hide();
    await this.#block(how);
  };

  readonly onUnblock = (): Promise<void> => this.#block(null);

  readonly onDelete = (event: Event): void => void this.deleting.show(event.currentTarget);

  readonly onDeleteNow = async (): Promise<void> => {
    const conversation = this.#parts.conversation();
    this.deleting.hide();
    if (!conversation) return;
    const detail: ThreadRef = { conversationId: conversation.id };
    if (!emit(this.#host, 'conv-before-conversation-delete', detail, { cancelable: true })) return;
    if (!(await this.#try(() => conversation.remove()))) return;
    emit(this.#host, 'conv-conversation-deleted', detail);
    this.#parts.onRemoved();
  };

  async #assign(change: (assigneeIds: string[]) => string[]): Promise<void> {
    const conversation = this.#parts.conversation();
    if (!conversation) return;
    const assigneeIds = change(this.#parts.shown()?.assigneeIds ?? []);
    if (!(await this.#try(() => conversation.assign(assigneeIds)))) return;
    const detail: ConversationAssigned = { conversationId: conversation.id, assigneeIds };
    emit(this.#host, 'conv-conversation-assigned', detail);
  }

  async #block(blocked: ContactBlock | null): Promise<void> {
    const conversation = this.#parts.conversation();
    if (!conversation) return;
    const act = (): Promise<void> =>
      blocked === null ? conversation.unblock() : conversation.block(blocked);
    if (!(await this.#try(act))) return;
    const detail: ContactBlocked = { conversationId: conversation.id, blocked };
    emit(this.#host, 'conv-contact-blocked', detail);
  }

  async #try(act: () => Promise<void>): Promise<boolean> {
    this.fault = null;
    try {
      await act();
      return true;
    } catch (error) {
      this.fault = codeOf(error);
      return false;
    } finally {
      this.#host.requestUpdate();
    }
  }

  #menu(name: string): MenuController {
    return new MenuController(this.#host, {
      trigger: () => this.#find(`.${name}`),
      menu: () => this.#find(`.${name}-menu`),
    });
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }
}

function keyOf(event: Event, name: string): string | undefined {
  return (event.currentTarget as HTMLElement).dataset[name];
}
