type RenderMarkdown = (text: string) => DocumentFragment;

let loaded: RenderMarkdown | undefined;

/**
 * The markdown chunk, fetched on first need and never before. `load` may be replaced by a host that
 * brings its own way to the chunk.
 */
export const markdownChunk = {
  load: (): Promise<{ renderMarkdown: RenderMarkdown }> => import('./markdown.js'),

  /** The renderer when it is already here, so that a message need not flash. */
  get ready(): RenderMarkdown | undefined {
    return loaded;
  },

  /** Rejects when the chunk cannot be loaded; the next call tries again. */
  async get(): Promise<RenderMarkdown> {
    loaded ??= (await markdownChunk.load()).renderMarkdown;
    return loaded;
  },
};
