import type { CSSResult, ReactiveElement } from 'lit';

/** A chunk with a part of the widget: its look, and what makes it. */
export interface PartModule<Scene, Part> {
  styles?: CSSResult;
  create(scene: Scene): Part;
}

/** A part of the widget that is fetched when it is first wanted. */
export class Lazy<Scene extends { host: ReactiveElement }, Part> {
  /** Undefined until it is there. */
  part: Part | undefined;
  /** It could not be fetched; the next who wants it tries again. */
  failed = false;
  readonly #scene: Scene;
  readonly #fetch: () => Promise<PartModule<Scene, Part>>;
  /** Settles when it is there, or cannot be; undefined until it was wanted. */
  loading: Promise<Part> | undefined;

  constructor(scene: Scene, fetch: () => Promise<PartModule<Scene, Part>>) {
    this.#scene = scene;
    this.#fetch = fetch;
  }

  /** What is there, and asks for it where it is wanted; the widget goes on without it meanwhile. */
  when(wanted: unknown): Part | undefined {
    if (wanted) void this.load().catch(() => undefined);
    return this.part;
  }

  /** Rejects where it cannot be fetched; the next call tries again. */
  load(): Promise<Part> {
    return (this.loading ??= this.#make().catch((cause: unknown) => {
      this.loading = undefined;
      this.failed = true;
      this.#scene.host.requestUpdate();
      throw cause;
    }));
  }

  async #make(): Promise<Part> {
    const { styles, create } = await this.#fetch();
    const { host } = this.#scene;
    const root = host.renderRoot as ShadowRoot;
    if (styles?.styleSheet) root.adoptedStyleSheets.push(styles.styleSheet);
    this.part = create(this.#scene);
    host.requestUpdate();
    return this.part;
  }
}
