import type { ReactiveElement } from 'lit';
import type { WidgetText } from '../../domain/index.js';
import type { LocalizedHost } from '../../i18n/index.js';
import type { VisitorClient } from '../../store/visitor-client.js';
import type { StorageKind } from '../../store/browser-storage.js';

/** What a widget gives to its parts. */
export interface Scene {
  host: ReactiveElement &
    LocalizedHost & {
      open: boolean;
      workspace: string;
      consent: boolean;
      muted: boolean;
      storage: StorageKind;
    };
  client(): VisitorClient | undefined;
  /** What the workspace says in its own words, in the language of the widget. */
  own(text: WidgetText): string | undefined;
  /** The open panel. */
  panel(): HTMLElement | null;
  /** The panel is open, and takes messages. */
  writable(): boolean;
  /** Goes on writing. */
  focusField(): void;
  /** Tells screen readers, once. */
  announce(text: string): void;
  /** Names what this tab keeps of the widget; null where nothing is kept. */
  scope(): string | null;
  /** Opens the panel and leaves the focus in the page. */
  openCalmly(): void;
  /** Asks for a rating, or for a group, within the conversation. */
  rate(): Promise<void>;
  chooseGroup(): Promise<void>;
  restart(): Promise<void>;
}
