import { expect } from '@open-wc/testing';
import type {
  AgentClient,
  ChatWidget,
  ConvProvider,
  Conversation,
  Dot,
  Message,
  Transport,
} from './index.js';
import { CodedError, dot } from './index.js';

/** What must compile, and behind each `@ts-expect-error` what must not: the type check is the test. */
export function typings(client: AgentClient, transport: Transport, message: Message): void {
  const provider: ConvProvider = document.createElement('conv-provider');
  provider.client = client;
  provider.theme = 'dark';
  // @ts-expect-error: not a theme
  provider.theme = 'blue';
  // @ts-expect-error: a token is asked for, not given
  provider.getToken = 'token';

  const widget: ChatWidget = document.createElement('chat-widget');
  // @ts-expect-error: an attribute that is a flag is a boolean
  widget.open = 'yes';

  const conversation = client.conversation('cv_1');
  conversation.send('comment', 'Only agents see this');
  // @ts-expect-error: system lines are written by the server
  conversation.send('system', 'Closed');
  // @ts-expect-error: stores are read-only
  client.$me.set(null);

  // @ts-expect-error: only codes of the registry
  const error = new CodedError('no_such_code');
  // @ts-expect-error: handlers say what they were told on joining
  transport.subscribe('inbox:ws_1', {});
  // @ts-expect-error: a comment is not a state of delivery
  const kind: 'sent' = message.kind;

  const state: Dot = dot({
    conversation: {} as Conversation,
    agents: new Map(),
    me: 'ag_1',
    now: 0,
    missedAfterMs: 30_000,
  });
  // @ts-expect-error: time and settings are arguments, there is no clock inside
  dot({ conversation: {} as Conversation, agents: new Map(), me: 'ag_1' });
  void [error, kind, state];
}

describe('the public entry', () => {
  it('defines every public element', () => {
    const tags = [
      'chat-widget',
      ...['provider', 'inbox', 'nav', 'list', 'thread', 'composer', 'contact'].map(
        (name) => `conv-${name}`,
      ),
      ...['agent-status', 'message', 'avatar', 'dot'].map((name) => `conv-${name}`),
    ];
    const missing = tags.filter((tag) => customElements.get(tag) === undefined);
    expect(missing).to.deep.equal([]);
  });
});
