import { attachments, demoUploads } from './files.js';
import { html, type TemplateResult } from 'lit';
import {
  widgetPositions,
  type AgentStatus,
  type Dot,
  type WidgetPosition,
} from '../../src/domain/index.js';
import type { AgentClient } from '../../src/store/agent-client.js';
import type { ThreadItem } from '../../src/store/thread-item.js';
import type { VisitorClient } from '../../src/store/visitor-client.js';
import type { Theme } from '../../src/tokens/index.js';
import type { MemoryServer } from '../../src/transport/memory/memory-server.js';
import { ids } from './office.js';

/** What a demo is drawn from. */
export interface Scene {
  theme: Theme;
  choice: Readonly<Record<string, string>>;
  /** The same client each time, made when first asked for. */
  client(): AgentClient;
  visitor(): VisitorClient;
}

export interface Demo {
  /** `small` is as large as its content; `pane` has the height of a screen's pane. */
  size: 'small' | 'pane';
  load(): Promise<unknown>;
  /** Choices by name; the first value is the default. An empty list is a text field. */
  choices?: Readonly<Record<string, readonly string[]>>;
  /** Things that happen, by the words on their button. */
  acts?: Readonly<Record<string, (office: MemoryServer) => void>>;
  render(scene: Scene): TemplateResult;
}

const accents: Readonly<Record<string, string>> = {
  plum: '#8a3b6b',
  sun: '#f2b705',
  night: '#14213d',
};

const visitorWrites = {
  'A visitor writes': (office: MemoryServer) => {
    office.say(ids.majaContact, 'One more thing: does it come with a **lock**?');
  },
};

const connection = {
  ...visitorWrites,
  'Cut the connection': (office: MemoryServer) => {
    office.cut({ stayDown: true });
  },
  'Bring it back': (office: MemoryServer) => {
    office.restore();
  },
  'Sign the agent out elsewhere': (office: MemoryServer) => {
    office.refuse('token_invalid');
    office.cut();
  },
};

export const demos: Readonly<Record<string, Demo>> = {
  'chat-widget': {
    size: 'small',
    load: () => import('../../src/elements/chat-widget/chat-widget.js'),
    choices: {
      accent: ['petrol', 'plum', 'sun', 'night'],
      position: widgetPositions.toSorted((a, b) => Number(b === 'br') - Number(a === 'br')),
      button: ['round', 'tab'],
      layout: ['floating', 'inline', 'page'],
    },
    acts: {
      'An agent writes': (office) => {
        const [last] = [...office.workspace.conversations.values()].slice(-1);
        if (last) office.answer(last.id, ids.me, 'It does, in **two working days**.');
      },
      'Cut the connection': connection['Cut the connection'],
      'Bring it back': connection['Bring it back'],
    },
    render: ({ visitor, theme, choice }) => html`
      <p class="hint">The bubble is at the corner of this page. Open it and write something.</p>
      <chat-widget
        .client=${visitor()}
        .theme=${theme}
        .accent=${accents[choice['accent'] ?? ''] ?? null}
        .position=${choice['position'] as WidgetPosition}
        .buttonStyle=${choice['button'] as 'round' | 'tab'}
        .layout=${choice['layout'] as 'floating'}
      ></chat-widget>
    `,
  },
  'conv-agent-settings': {
    size: 'small',
    load: () => import('../../src/elements/conv-agent-settings/conv-agent-settings.js'),
    choices: { page: ['availability', 'notifications', 'profile'] },
    render: ({ client, choice }) =>
      html`<conv-agent-settings
        page=${choice['page'] ?? 'availability'}
        .client=${client()}
      ></conv-agent-settings>`,
  },
  'conv-agent-status': {
    size: 'small',
    load: () => import('../../src/elements/conv-agent-status/conv-agent-status.js'),
    render: ({ client }) => html`<conv-agent-status .client=${client()}></conv-agent-status>`,
  },
  'conv-attachments': {
    size: 'small',
    load: () => import('../../src/elements/conv-attachments/conv-attachments.js'),
    render: () => html`<conv-attachments .attachments=${attachments}></conv-attachments>`,
  },
  'conv-avatar': {
    size: 'small',
    load: () => import('../../src/elements/conv-avatar/conv-avatar.js'),
    choices: { name: [], status: ['none', 'online', 'offline', 'invisible'] },
    render: ({ choice }) => html`
      ${[choice['name'] || 'Maja Lindqvist', 'Omar Al-Farsi', 'Jun Tanaka', 'Åsa'].map(
        (name) => html`
          <conv-avatar
            name=${name}
            .status=${choice['status'] === 'none' ? null : (choice['status'] as AgentStatus)}
            labelled
          ></conv-avatar>
        `,
      )}
    `,
  },
  'conv-composer': {
    size: 'small',
    load: () => import('../../src/elements/conv-composer/conv-composer.js'),
    render: ({ client }) =>
      html`<conv-composer .client=${client()} .conversationId=${ids.maja}></conv-composer>`,
  },
  'conv-contact': {
    size: 'pane',
    load: () => import('../../src/elements/conv-contact/conv-contact.js'),
    acts: {
      'A colleague changes the email': (office) => {
        office.updateContact(ids.majaContact, { email: 'maja@cykel.example' });
      },
    },
    render: ({ client }) =>
      html`<conv-contact .client=${client()} .conversationId=${ids.maja}></conv-contact>`,
  },
  'conv-dot': {
    size: 'small',
    load: () => import('../../src/elements/conv-dot/conv-dot.js'),
    choices: { status: ['new', 'missed', 'none'] },
    render: ({ choice }) =>
      html`<p>Status: <conv-dot status=${choice['status'] as Dot}></conv-dot></p>`,
  },
  'conv-email': {
    size: 'small',
    load: () => import('../../src/elements/conv-email/conv-email.js'),
    render: ({ client }) => html`<conv-email .client=${client()}></conv-email>`,
  },
  'conv-email-form': {
    size: 'small',
    load: () => import('../../src/elements/conv-email-form/conv-email-form.js'),
    render: ({ client }) => html`<conv-email-form .client=${client()}></conv-email-form>`,
  },
  'conv-emoji-picker': {
    size: 'small',
    load: () => import('../../src/elements/conv-emoji-picker/conv-emoji-picker.js'),
    render: () => html`<conv-emoji-picker></conv-emoji-picker>`,
  },
  'conv-groups': {
    size: 'small',
    load: () => import('../../src/elements/conv-groups/conv-groups.js'),
    render: ({ client }) => html`<conv-groups .client=${client()}></conv-groups>`,
  },
  'conv-inbox': {
    size: 'pane',
    load: () =>
      Promise.all([
        import('../../src/elements/conv-provider/conv-provider.js'),
        import('../../src/elements/conv-inbox/conv-inbox.js'),
      ]),
    acts: connection,
    render: ({ client, theme }) => html`
      <conv-provider .client=${client()} theme=${theme}>
        <conv-inbox></conv-inbox>
      </conv-provider>
    `,
  },
  'conv-list': {
    size: 'pane',
    load: () => import('../../src/elements/conv-list/conv-list.js'),
    acts: connection,
    render: ({ client }) => html`<conv-list .client=${client()}></conv-list>`,
  },
  'conv-message': {
    size: 'small',
    load: () => import('../../src/elements/conv-message/conv-message.js'),
    choices: { kind: ['reply', 'comment'], author: ['contact', 'agent'], text: [] },
    render: ({ choice }) => html`
      <conv-message
        last
        .item=${message(choice['kind'], choice['author'], choice['text'])}
      ></conv-message>
    `,
  },
  'conv-saved-replies': {
    size: 'small',
    load: () => import('../../src/elements/conv-saved-replies/conv-saved-replies.js'),
    choices: { kind: ['replies', 'templates'] },
    render: ({ client, choice }) => html`
      <conv-saved-replies
        .client=${client()}
        .kind=${choice['kind'] === 'templates' ? 'templates' : 'replies'}
      ></conv-saved-replies>
    `,
  },
  'conv-uploads': {
    size: 'small',
    load: () => import('../../src/elements/conv-uploads/conv-uploads.js'),
    render: () => html`<conv-uploads .uploads=${demoUploads}></conv-uploads>`,
  },
  'conv-nav': {
    size: 'pane',
    load: () => import('../../src/elements/conv-nav/conv-nav.js'),
    acts: visitorWrites,
    render: ({ client }) => html`<conv-nav .client=${client()}></conv-nav>`,
  },
  'conv-provider': {
    size: 'pane',
    load: () =>
      Promise.all([
        import('../../src/elements/conv-provider/conv-provider.js'),
        import('../../src/elements/conv-nav/conv-nav.js'),
        import('../../src/elements/conv-list/conv-list.js'),
      ]),
    acts: connection,
    render: ({ client, theme }) => html`
      <conv-provider .client=${client()} theme=${theme}>
        <div class="panes"><conv-nav></conv-nav><conv-list></conv-list></div>
      </conv-provider>
    `,
  },
  'conv-thread': {
    size: 'pane',
    load: () => import('../../src/elements/conv-thread/conv-thread.js'),
    acts: {
      ...connection,
      'The visitor types': (office) => {
        office.contactTypes(ids.majaContact, true);
      },
    },
    render: ({ client }) =>
      html`<conv-thread .client=${client()} .conversationId=${ids.maja}></conv-thread>`,
  },
};

function message(kind = 'reply', author = 'contact', text = ''): ThreadItem {
  const agent = author === 'agent' || kind === 'comment';
  return {
    key: 'demo',
    id: 'ms_demo',
    position: 1,
    kind: kind === 'comment' ? 'comment' : 'reply',
    author: {
      type: agent ? 'agent' : 'contact',
      id: agent ? ids.me : ids.majaContact,
      name: agent ? 'Giulia Rossi' : 'Maja Lindqvist',
      avatarUrl: null,
    },
    text: text || 'It does, in **two working days**. See https://example.com/delivery',
    format: agent ? 'markdown' : 'plain',
    system: null,
    attachments: [],
    mentions: [],
    email: null,
    createdAt: Date.now(),
    editedAt: null,
    deletedAt: null,
    own: agent,
    state: agent ? 'read' : null,
    error: null,
  };
}
