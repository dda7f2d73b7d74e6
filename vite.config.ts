import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Scripts that pages of others name: their addresses stay the same, and are cached briefly. */
const publicScripts = {
  widget: path('src/embed/widget.ts'),
  inbox: path('src/embed/inbox.ts'),
};

function entries(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const page of globSync('**/*.html', { cwd: path('demo') })) {
    found[`page/${page}`] = path(`demo/${page}`);
  }
  for (const [name, file] of Object.entries(publicScripts)) {
    if (existsSync(file)) found[name] = file;
  }
  return found;
}

/**
 * Pages preload the chunks that they need at once. Vite's own way puts a helper around each dynamic
 * import that adds link elements to the document: the widget runs in documents of others, and has
 * no style sheets to wait for.
 */
function preloadLinks(): Plugin {
  return {
    name: 'preload-links',
    enforce: 'pre',
    load: {
      filter: { id: /vite\/preload-helper\.js$/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { chunk, bundle }) {
        const wanted = new Set<string>();
        const visit = (imports: readonly string[]): void => {
          for (const file of imports) {
            if (wanted.has(file)) continue;
            wanted.add(file);
            const next = bundle?.[file];
            if (next?.type === 'chunk') visit(next.imports);
          }
        };
        visit(chunk?.imports ?? []);
        return [...wanted]
          .filter((file) => !html.includes(`"/${file}"`))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', href: `/${file}`, crossorigin: '' },
            injectTo: 'head' as const,
          }));
      },
    },
  };
}

export default defineConfig({
  root: path('demo'),
  publicDir: existsSync(path('demo/public')) ? path('demo/public') : false,
  cacheDir: path('node_modules/.cache/vite'),
  plugins: [preloadLinks()],
  build: {
    target: 'es2022',
    outDir: path('dist/public'),
    emptyOutDir: true,
    manifest: true,
    modulePreload: false,
    // A strict CSP allows no inline script or style, and no data: address beyond images.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: entries(),
      output: {
        entryFileNames: ({ name }) =>
          name in publicScripts ? 'v1/[name].js' : 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
