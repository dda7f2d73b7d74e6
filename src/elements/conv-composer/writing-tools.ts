import { html, type ReactiveElement, type TemplateResult } from 'lit';
import { StoreController } from '../../context/index.js';
import {
  fillVariables,
  type Agent,
  type Contact,
  type EmailTemplate,
  type SavedReply,
} from '../../domain/index.js';
import type { WritingStrings, Localizer } from '../../i18n/index.js';
import type { AgentClient } from '../../store/agent-client.js';
import { EmojiButton } from './emoji-button.js';
import { LibraryDialog, type Unsaved } from './library-dialog.js';
import { OfflineNote } from './offline-note.js';
import { ofReplies, ofTemplates, variableValues, type SavedText } from './saved-texts.js';
import { Suggestions } from './suggestions.js';
import { TextPicker } from './text-picker.js';
import { WritingField, type SendKey } from './writing-field.js';

type L = Localizer<WritingStrings>;

interface ToolsParts {
  client(): AgentClient | undefined;
  field(): HTMLTextAreaElement | null;
  /** What choices float at while one types. */
  anchor(): HTMLElement | null;
  contact(): Pick<Contact, 'name' | 'email' | 'phone'> | null;
  /** Who can be named here; none in what a contact reads. */
  agents(): readonly Agent[];
  /** What would be saved for the next time. */
  unsaved(): Unsaved;
  onSend(): void;
  onInput(): void;
  /** Long texts have paragraphs: only Ctrl+Enter sends. */
  long?: boolean;
  takesPaste(event: ClipboardEvent): boolean;
  /** A template was chosen; its text is put in besides. */
  onSubject?(subject: string): void;
}

/** All that helps to write in one field: formats, saved texts, emoji and names (S3.23 to S3.29). */
export class WritingTools {
  readonly writing: WritingField;
  readonly suggestions: Suggestions;
  readonly offline: OfflineNote;
  readonly #parts: ToolsParts;
  readonly #replies: StoreController<readonly SavedReply[]>;
  readonly #templates: StoreController<readonly EmailTemplate[]>;
  readonly #replyPicker: TextPicker;
  readonly #templatePicker: TextPicker;
  readonly #emoji: EmojiButton;
  readonly #library: LibraryDialog;

  constructor(host: ReactiveElement, parts: ToolsParts) {
    this.#parts = parts;
    this.#replies = new StoreController(host, () => parts.client()?.$replies);
    this.#templates = new StoreController(host, () => parts.client()?.$templates);
    this.offline = new OfflineNote(host, parts.client);
    this.#library = new LibraryDialog(host, parts.client, () => parts.field()?.focus());
    this.writing = new WritingField({
      field: parts.field,
      sendsBy: () => this.#sendsBy,
      onSend: parts.onSend,
      onInput: parts.onInput,
      takesKey: (event) => this.suggestions.onKeydown(event),
      takesPaste: parts.takesPaste,
    });
    this.suggestions = new Suggestions(host, {
      field: parts.field,
      anchor: parts.anchor,
      replies: () => ofReplies(this.#replies.value ?? []),
      agents: parts.agents,
      filled: (saved) => this.#filled(saved.text),
      edit: (edit) => this.writing.edit(edit),
    });
    this.#replyPicker = new TextPicker(host, {
      kind: 'replies',
      texts: () => ofReplies(this.#replies.value ?? []),
      ...this.#pickerParts('replies'),
    });
    this.#templatePicker = new TextPicker(host, {
      kind: 'templates',
      texts: () => ofTemplates(this.#templates.value ?? []),
      ...this.#pickerParts('templates'),
    });
    this.#emoji = new EmojiButton(host, (emoji) => this.writing.insert(emoji));
  }

  #pickerParts(kind: 'replies' | 'templates') {
    const { unsaved } = this.#parts;
    return {
      written: (): boolean => unsaved().text.trim() !== '',
      onChosen: (saved: SavedText): void => this.#choose(saved),
      onNew: (): void => void this.#library.show(kind, unsaved()),
      onManage: (): void => void this.#library.show(kind, null),
    };
  }

  #choose(saved: SavedText): void {
    if (saved.subject !== '') this.#parts.onSubject?.(this.#filled(saved.subject));
    this.writing.insert(this.#filled(saved.text));
  }

  #filled(text: string): string {
    const client = this.#parts.client();
    const values = variableValues({
      contact: this.#parts.contact(),
      me: client?.$me.get() ?? null,
      workspace: client?.$workspace.get() ?? null,
    });
    return fillVariables(text, values).text;
  }

  get #sendsBy(): SendKey {
    if (this.#parts.long) return 'control';
    const enterSends = this.#parts.client()?.$me.get()?.preferences.enterSends ?? true;
    return enterSends ? 'enter' : 'shift';
  }

  /** What phones write on their key. */
  get enterHint(): 'send' | 'enter' {
    return this.#sendsBy === 'enter' ? 'send' : 'enter';
  }

  renderButtons(l: L, { templates }: { templates: boolean }): TemplateResult {
    return html`${this.#emoji.renderButton(l)}${this.#replyPicker.renderButton(l)}${
      templates ? this.#templatePicker.renderButton(l) : ''
    }`;
  }

  /** Whatever floats; it stands in the shadow root of the field. */
  renderFloating(l: L): TemplateResult {
    return html`${this.suggestions.render(l)}${this.#emoji.renderPopover(l)}${this.#replyPicker.renderPopover(
      l,
    )}${this.#templatePicker.renderPopover(l)}${this.#library.render(l)}`;
  }
}
