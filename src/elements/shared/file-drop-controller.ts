import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface FileDropParts {
  /** What takes files: an element that holds the host, or the host itself. */
  target(): HTMLElement;
  /** Whether files are taken now. */
  enabled(): boolean;
  onFiles(files: readonly File[]): void;
}

const types = ['dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** Takes files that are dropped, and tells while some are held over the target. */
export class FileDropController implements ReactiveController {
  /** Files are held over the target. */
  over = false;
  readonly #host: ReactiveControllerHost;
  readonly #parts: FileDropParts;
  #target: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost, parts: FileDropParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#target = this.#parts.target();
    for (const type of types) this.#target.addEventListener(type, this.#onDrag);
  }

  hostDisconnected(): void {
    for (const type of types) this.#target?.removeEventListener(type, this.#onDrag);
    this.over = false;
  }

  readonly #onDrag = (event: DragEvent): void => {
    const { dataTransfer, type, relatedTarget } = event;
    if (!dataTransfer?.types.includes('Files') || !this.#parts.enabled()) return;
    // Else the browser leaves the page for the file.
    event.preventDefault();
    const before = this.over;
    this.over =
      type === 'dragleave'
        ? relatedTarget instanceof Node && this.#target?.contains(relatedTarget) === true
        : type !== 'drop';
    if (type === 'drop') this.#parts.onFiles([...dataTransfer.files]);
    if (before !== this.over) this.#host.requestUpdate();
  };
}

/** Files on the clipboard; none where there is text too, which is what a person means then. */
export function pastedFiles({ clipboardData }: ClipboardEvent): readonly File[] {
  if (!clipboardData || clipboardData.types.includes('text/plain')) return [];
  return [...clipboardData.files];
}
