import type { Conversation, VisitorConversation } from '#kit/domain/conversation.js';
import type { VisitorContact } from '#kit/domain/contact.js';
import type { Availability, WidgetSettings } from '#kit/domain/settings.js';
import { events } from '#kit/protocol/events.js';
import type { Marks, VisitorJoined } from '#kit/protocol/payloads.js';
import { Coalescer } from '../coalescer.js';
import type { Ports } from '../usecases/act.js';
import { ownContactView } from '../usecases/views.js';
import { widgetSettings } from '../usecases/widget-settings.js';
import { visitorConversation } from '../usecases/visitor-conversation.js';
import type { Context } from './assigns.js';
import { OwnMessages } from './own-messages.js';
import type { Log } from './topic-channel.js';

interface Joined {
  context: Context;
  workspaceId: string;
  contactId: string;
  /** What this client was shown last; null until the join's reply was made. */
  shown: Shown | null;
  /** Something changed while the reply was made. */
  missed: boolean;
}

interface Shown {
  conversation: { content: string; marks: string; version: number };
  availability: { content: string; version: number };
  /** The version. */
  settings: number;
  contact: { content: string; version: number };
}

/**
 * The visitors' channels of this node. They are pushed a snapshot only when it differs from what
 * they were shown: that something happened, such as a comment, can be counted too.
 */
export class JoinedVisitors {
  readonly #ports: Ports;
  readonly #joined = new Map<Context, Joined>();
  readonly #byContact = new Map<string, Set<Joined>>();
  readonly #byWorkspace = new Map<string, Set<Joined>>();
  /** By workspace, what its visitors were last shown of who is there. */
  readonly #contents = new Map<string, string>();
  /** By workspace, the form of the settings that were told last. */
  readonly #forms = new Map<string, string>();
  readonly #ownMessages = new OwnMessages();
  readonly #conversations: Coalescer;
  readonly #availabilities: Coalescer;
  readonly #settings: Coalescer;
  readonly #contacts: Coalescer;

  constructor(ports: Ports, log: Log) {
    this.#ports = ports;
    const onFault = (fault: unknown) => log.error({ err: fault }, 'visitors could not be told');
    this.#conversations = new Coalescer((id) => this.#pushConversation(id), onFault);
    this.#availabilities = new Coalescer((id) => this.#pushAvailability(id), onFault);
    this.#settings = new Coalescer((id) => this.#pushSettings(id), onFault);
    this.#contacts = new Coalescer((id) => this.#pushContact(id), onFault);
  }

  /** Call before the join reads anything; leaves by itself when the channel ends. */
  add(context: Context, contactId: string, workspaceId: string): void {
    if (context.signal.aborted) return;
    const joined: Joined = { context, contactId, workspaceId, shown: null, missed: false };
    this.#joined.set(context, joined);
    put(this.#byContact, contactId, joined);
    put(this.#byWorkspace, workspaceId, joined);
    context.signal.addEventListener('abort', () => this.remove(context), { once: true });
  }

  /** Nobody is told anything any more. */
  close(): void {
    this.#conversations.close();
    this.#availabilities.close();
    this.#settings.close();
    this.#contacts.close();
  }

  remove(context: Context): void {
    const joined = this.#joined.get(context);
    if (!joined) return;
    this.#joined.delete(context);
    take(this.#byContact, joined.contactId, joined);
    if (!this.#byContact.has(joined.contactId)) this.#ownMessages.forget(joined.contactId);
    take(this.#byWorkspace, joined.workspaceId, joined);
    if (this.#byWorkspace.has(joined.workspaceId)) return;
    this.#contents.delete(joined.workspaceId);
    this.#forms.delete(joined.workspaceId);
  }

  /** What the join's reply holds; changes from then on are compared with it. */
  welcome(
    context: Context,
    { conversation, availability, settings, contact }: Pick<VisitorJoined, keyof Shown>,
  ): void {
    const joined = this.#joined.get(context);
    if (!joined) return;
    joined.shown = {
      conversation: describe(conversation, conversation?.version ?? 0),
      availability: this.#describe(joined.workspaceId, availability),
      settings: settings.version,
      contact: describeContact(contact),
    };
    if (!this.#forms.has(joined.workspaceId)) this.#isNewForm(joined.workspaceId, settings);
    if (!joined.missed) return;
    this.conversationChanged(joined.contactId);
    this.contactChanged(joined.contactId);
    this.availabilityChanged(joined.workspaceId);
    this.settingsChanged(joined.workspaceId);
  }

  /**
   * One tab behind this socket was shown the conversation and the contact in a reply. The others are
   * pushed what is new in them, so that all of them know the same and later changes are compared
   * with that. `stamp` is of before the reply was read.
   */
  shownAgain(
    context: Context,
    { conversation, contact }: Pick<VisitorJoined, 'conversation' | 'contact'>,
    stamp: number,
  ): void {
    const shown = this.#joined.get(context)?.shown;
    if (!shown) return;
    const version = conversation?.version ?? stamp;
    show(context, shown, conversation, describe(conversation, version));
    showContact(context, shown, contact, describeContact(contact));
  }

  conversationChanged(contactId: string): void {
    if (this.#byContact.has(contactId)) this.#conversations.request(contactId);
  }

  /** The same, where it is known what the conversation is now, as agents see it. */
  cardChanged(contactId: string, conversation: Conversation): void {
    if (!this.#byContact.has(contactId)) return;
    if (this.#ownMessages.isAll(contactId, conversation)) return;
    this.#conversations.request(contactId);
  }

  /** An agent has another name or picture. */
  participantsChanged(workspaceId: string): void {
    for (const { contactId } of this.#byWorkspace.get(workspaceId) ?? []) {
      this.conversationChanged(contactId);
    }
  }

  availabilityChanged(workspaceId: string): void {
    if (this.#byWorkspace.has(workspaceId)) this.#availabilities.request(workspaceId);
  }

  settingsChanged(workspaceId: string): void {
    if (this.#byWorkspace.has(workspaceId)) this.#settings.request(workspaceId);
  }

  /** What is known of the contact, or what the form asks of everybody. */
  contactChanged(contactId: string): void {
    if (this.#byContact.has(contactId)) this.#contacts.request(contactId);
  }

  async #pushConversation(contactId: string): Promise<void> {
    const stamp = this.#ports.stamp();
    const conversation = await visitorConversation(this.#ports, contactId);
    const next = describe(conversation, stamp);
    for (const [context, shown] of welcomed(this.#byContact.get(contactId))) {
      show(context, shown, conversation, next);
    }
  }

  async #pushAvailability(workspaceId: string): Promise<void> {
    const availability = await this.#ports.availability.of(workspaceId);
    const next = this.#describe(workspaceId, availability);
    for (const [context, shown] of welcomed(this.#byWorkspace.get(workspaceId))) {
      const before = shown.availability;
      if (next.version < before.version) continue;
      shown.availability = next;
      if (next.content !== before.content) context.push(events.availability, { availability });
    }
  }

  /** All of a workspace are shown the same: they share the text of it. */
  #describe(
    workspaceId: string,
    { version, ...rest }: Availability,
  ): { content: string; version: number } {
    const made = JSON.stringify(rest);
    const known = this.#contents.get(workspaceId);
    const content = made === known ? known : made;
    this.#contents.set(workspaceId, content);
    return { content, version };
  }

  async #pushSettings(workspaceId: string): Promise<void> {
    const workspace = await this.#ports.storage.workspaces.get(workspaceId);
    if (!workspace) return;
    const settings = await widgetSettings(this.#ports, workspace);
    for (const [context, shown] of welcomed(this.#byWorkspace.get(workspaceId))) {
      if (settings.version <= shown.settings) continue;
      shown.settings = settings.version;
      context.push(events.settings, { settings });
    }
    if (!this.#isNewForm(workspaceId, settings)) return;
    for (const { contactId } of this.#byWorkspace.get(workspaceId) ?? []) {
      this.contactChanged(contactId);
    }
  }

  #isNewForm(workspaceId: string, { form }: WidgetSettings): boolean {
    const text = JSON.stringify(form);
    const isNew = this.#forms.get(workspaceId) !== text;
    this.#forms.set(workspaceId, text);
    return isNew;
  }

  async #pushContact(contactId: string): Promise<void> {
    const { contacts, workspaces } = this.#ports.storage;
    const record = await contacts.get(contactId);
    const workspace = record && (await workspaces.get(record.workspaceId));
    if (!workspace) return;
    const contact = ownContactView(record, workspace.settings.form);
    const next = describeContact(contact);
    for (const [context, shown] of welcomed(this.#byContact.get(contactId))) {
      showContact(context, shown, contact, next);
    }
  }
}

/** Those whose join was answered; the others look again once theirs is. */
function* welcomed(visitors: Iterable<Joined> = []): Iterable<[Context, Shown]> {
  for (const joined of visitors) {
    if (joined.shown) yield [joined.context, joined.shown];
    else joined.missed = true;
  }
}

/** Pushes what differs from what this client was shown last; something older is dropped. */
function show(
  context: Context,
  shown: Shown,
  conversation: VisitorConversation | null,
  next: Shown['conversation'],
): void {
  const before = shown.conversation;
  if (next.version < before.version) return;
  shown.conversation = next;
  if (next.content !== before.content) {
    context.push(events.conversationChanged, { conversation });
  } else if (conversation && next.marks !== before.marks) {
    const { id: conversationId, contactMark, agentMark } = conversation;
    const marks: Marks = { conversationId, contactMark, agentMark };
    context.push(events.marks, marks);
  }
}

function describe(
  conversation: VisitorConversation | null,
  version: number,
): Shown['conversation'] {
  if (!conversation) return { content: 'none', marks: '', version };
  const { version: _stamp, contactMark, agentMark, ...content } = conversation;
  return {
    content: JSON.stringify(content),
    marks: JSON.stringify({ contactMark, agentMark }),
    version,
  };
}

/** The version alone says nothing to the contact: it rises with agents' notes too. */
function showContact(
  context: Context,
  shown: Shown,
  contact: VisitorContact,
  next: Shown['contact'],
): void {
  const before = shown.contact;
  if (next.version < before.version) return;
  shown.contact = next;
  if (next.content !== before.content) context.push(events.contactChanged, { contact });
}

function describeContact({ version, ...content }: VisitorContact): Shown['contact'] {
  return { content: JSON.stringify(content), version };
}

function put(index: Map<string, Set<Joined>>, key: string, joined: Joined): void {
  const set = index.get(key);
  if (set) set.add(joined);
  else index.set(key, new Set([joined]));
}

function take(index: Map<string, Set<Joined>>, key: string, joined: Joined): void {
  const set = index.get(key);
  if (set?.delete(joined) && set.size === 0) index.delete(key);
}
