import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { folded, type Agent } from '../../domain/index.js';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import '../conv-avatar/conv-avatar.js';
import type * as EmojiModule from '../conv-emoji-picker/emoji.js';
import { ListboxController } from '../shared/listbox-controller.js';
import { PopoverController } from '../shared/popover-controller.js';
import type { Edit } from './markdown-edit.js';
import { renderSavedText } from './render-saved-text.js';
import { matchingTexts, type SavedText } from './saved-texts.js';

type L = Localizer<WritingStrings>;
type Host = ReactiveControllerHost & HTMLElement;

interface SuggestionParts {
  field(): HTMLTextAreaElement | null;
  /** What it floats at. */
  anchor(): HTMLElement | null;
  replies(): readonly SavedText[];
  /** Who can be named here; none in a reply. */
  agents(): readonly Agent[];
  /** The text that is put in for a saved one. */
  filled(text: SavedText): string;
  edit(edit: Edit): void;
}

type Suggestion =
  | { kind: 'reply'; key: string; saved: SavedText }
  | { kind: 'agent'; key: string; agent: Agent }
  | { kind: 'emoji'; key: string; emoji: string; label: string };

interface Trigger {
  kind: Suggestion['kind'];
  /** Where its sign stands. */
  from: number;
  query: string;
}

const triggers: readonly { kind: Suggestion['kind']; pattern: RegExp }[] = [
  { kind: 'reply', pattern: /(?<=^|\s)\/([\p{L}\p{N}-]*)$/u },
  {
    kind: 'agent',
    pattern: /(?<=^|[\s(])@([\p{L}\p{N}\p{M}'’.-]*(?: [\p{L}\p{N}\p{M}'’.-]*){0,3})$/u,
  },
  { kind: 'emoji', pattern: /(?<=^|\s):([a-z0-9_+-]{2,})$/ },
];

const labels = {
  reply: 'replies.open',
  agent: 'mentions.label',
  emoji: 'composer.emojiSuggested',
} as const;

let emoji: typeof EmojiModule | undefined;

/**
 * What is offered while one types: saved replies after `/`, agents after `@` in a comment, emoji
 * after `:`. The field keeps the focus; arrows, Enter, Tab and Escape work on the choices.
 */
export class Suggestions {
  readonly #host: Host;
  readonly #parts: SuggestionParts;
  readonly #listbox: ListboxController<Suggestion>;
  #trigger: Trigger | null = null;
  #l: L | undefined;
  /** Where Escape said no: it is not asked again for the same sign. */
  #refused: number | null = null;

  constructor(host: Host, parts: SuggestionParts) {
    this.#host = host;
    this.#parts = parts;
    this.#listbox = new ListboxController<Suggestion>(host, {
      id: 'suggestions',
      key: ({ key }) => key,
      render: (choice) => renderSuggestion(choice, this.#l),
      onChosen: (choice) => this.#choose(choice),
    });
    new PopoverController(host, {
      popover: () => host.shadowRoot?.querySelector<HTMLElement>('.suggestions') ?? null,
      anchor: parts.anchor,
      onDismissed: () => this.close(),
    });
  }

  get open(): boolean {
    return this.#trigger !== null;
  }

  /** Of the listbox while it is open, for `aria-controls`. */
  get listboxId(): string | undefined {
    return this.open ? this.#listbox.id : undefined;
  }

  get activeId(): string | undefined {
    return this.open ? this.#listbox.activeId : undefined;
  }

  /** After each change of the text or the caret. */
  readonly follow = (): void => {
    const field = this.#parts.field();
    const trigger = field && triggerAt(field);
    if (!trigger) this.#refused = null;
    if (!trigger || trigger.from === this.#refused) return this.close();
    const choices = this.#choicesFor(trigger);
    if (choices.length === 0) return this.close();
    const before = this.#trigger;
    const restart = before?.from !== trigger.from || before.query !== trigger.query;
    this.#trigger = trigger;
    this.#listbox.set(choices, { restart });
    this.#host.requestUpdate();
  };

  /** A caret that was moved away ends it. */
  readonly onCaret = (): void => {
    if (this.open) this.follow();
  };

  onKeydown(event: KeyboardEvent): boolean {
    if (!this.#trigger) return false;
    if (event.key !== 'Escape') return this.#listbox.onKeydown(event);
    event.preventDefault();
    event.stopPropagation();
    this.#refused = this.#trigger.from;
    this.close();
    return true;
  }

  close(): void {
    if (!this.#trigger) return;
    this.#trigger = null;
    this.#host.requestUpdate();
  }

  render(l: L): TemplateResult | typeof nothing {
    this.#l = l;
    if (!this.#trigger) return nothing;
    return html`<div class="popover choices suggestions" popover="manual" part="choices">
      ${this.#listbox.render(l.term(labels[this.#trigger.kind]))}
    </div>`;
  }

  #choicesFor({ kind, query }: Trigger): Suggestion[] {
    switch (kind) {
      case 'reply':
        return matchingTexts(this.#parts.replies(), query).map((saved) => ({
          kind,
          key: saved.id,
          saved,
        }));
      case 'agent':
        return matchingAgents(this.#parts.agents(), query).map((agent) => ({
          kind,
          key: agent.id,
          agent,
        }));
      case 'emoji':
        return this.#emoji(query);
    }
  }

  #emoji(query: string): Suggestion[] {
    if (!emoji) {
      // Comes with the picker; without it one types on.
      import('../conv-emoji-picker/emoji.js').then(
        (module) => {
          emoji = module;
          this.follow();
        },
        () => undefined,
      );
      return [];
    }
    return emoji.findEmoji(query, 8).map(({ emoji: one, label }) => ({
      kind: 'emoji',
      key: label.replace(/\W+/g, '-'),
      emoji: one,
      label,
    }));
  }

  #choose(choice: Suggestion): void {
    const field = this.#parts.field();
    const { from } = this.#trigger ?? {};
    this.close();
    if (!field || from === undefined) return;
    const insert = this.#textOf(choice);
    const caret = from + insert.length;
    this.#parts.edit({ from, to: field.selectionStart, insert, start: caret, end: caret });
    this.close();
  }

  #textOf(choice: Suggestion): string {
    switch (choice.kind) {
      case 'reply':
        return this.#parts.filled(choice.saved);
      case 'agent':
        return `@${choice.agent.name} `;
      case 'emoji':
        return choice.emoji;
    }
  }
}

function triggerAt(field: HTMLTextAreaElement): Trigger | null {
  if (field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart);
  for (const { kind, pattern } of triggers) {
    const found = pattern.exec(before);
    if (found) return { kind, from: found.index, query: found[1] ?? '' };
  }
  return null;
}

/** Those with a name, or a word of it, that begins as written. */
function matchingAgents(agents: readonly Agent[], query: string): Agent[] {
  const wanted = folded(query);
  return agents.filter(({ name }) => {
    const known = folded(name);
    return known.startsWith(wanted) || known.split(/\s+/).some((word) => word.startsWith(wanted));
  });
}

function renderSuggestion(choice: Suggestion, l: L | undefined): TemplateResult {
  switch (choice.kind) {
    case 'reply':
      return renderSavedText(choice.saved, l);
    case 'agent':
      return html`<conv-avatar
          name=${choice.agent.name}
          person-id=${choice.agent.id}
          .src=${choice.agent.avatarUrl}
        ></conv-avatar>
        <span class="choice"><strong>${choice.agent.name}</strong></span>`;
    case 'emoji':
      return html`<span class="face">${choice.emoji}</span>
        <span class="choice"><span class="hint">${choice.label}</span></span>`;
  }
}
