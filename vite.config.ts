import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { defineConfig, type Plugin } from 'vite';
import { compactTemplates } from './config/vite-compact-templates.js';
import { directProperties, leanDecorators } from './config/vite-decorators.js';
import { leanLit } from './config/vite-lit.js';
import { ownNanostores } from './config/vite-nanostores.js';
import { leanPhoenix } from './config/vite-phoenix.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * The parts that are built apart (`vite build --mode widget`), each with chunks of its own: what two
 * pages share is never loaded by one visitor, and sharing it would cut every part into crumbs.
 */
const parts: Record<string, { pages: string[]; scripts: Record<string, string> }> = {
  widget: {
    pages: [],
    scripts: { widget: 'src/embed/widget.ts' },
  },
  inbox: {
    pages: ['inbox/**/*.html', 'shop/**/*.html'],
    scripts: { inbox: 'src/embed/inbox.ts' },
  },
  elements: { pages: ['elements/**/*.html'], scripts: {} },
};

/** Scripts that pages of others name: their addresses stay the same. */
const publicScripts = new Set(Object.values(parts).flatMap(({ scripts }) => Object.keys(scripts)));

function entries(part: string): Record<string, string> {
  const { pages, scripts } = parts[part] ?? { pages: ['**/*.html'], scripts: {} };
  const found: Record<string, string> = {};
  for (const page of globSync(pages, { cwd: path('demo') })) {
    const name = page.replace(/(?:\/index)?\.html$/, '').replaceAll('/', '-');
    found[`page-${name}`] = path(`demo/${page}`);
  }
  for (const [name, file] of Object.entries(scripts)) {
    if (existsSync(path(file))) found[name] = path(file);
  }
  return found;
}

/** A dynamic import as Vite wraps it, with the names that are taken from it or without. */
const wrappedImport =
  /__vitePreload\((?:\(\) => (import\([^()]*\))|async \(\) => \{\s*const \{[^}]*\} = await (import\([^()]*\));\s*return \{[^}]*\};?\s*\}),\s*\w*(?:\[\])?\)/g;

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
    renderChunk: (code) => ({
      code: code.replace(
        wrappedImport,
        (_, whole: string, destructured: string) => whole || destructured,
      ),
      map: null,
    }),
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

/** All that the widget loads at once is one file, whatever its later parts share with it. */
const firstLoad = { name: 'widget', tags: ['$initial' as const] };

export default defineConfig(({ mode }) => ({
  root: path('demo'),
  publicDir: false,
  cacheDir: path(`node_modules/.cache/vite-${mode}`),
  plugins: [
    preloadLinks(),
    leanPhoenix(),
    leanDecorators(),
    compactTemplates({ inlineTokens: mode === 'widget' }),
    ...(mode === 'widget' ? [leanLit(), directProperties(), ownNanostores()] : []),
  ],
  build: {
    target: 'es2022',
    // A kilobyte less of the widget than the bundler's own.
    minify: 'terser' as const,
    terserOptions: {
      module: true,
      ecma: 2020,
      compress: { passes: 6, unsafe_arrows: true, inline: 1, lhs_constants: false },
    },
    outDir: path(`dist/pages/${mode}`),
    emptyOutDir: true,
    manifest: true,
    modulePreload: false,
    // A strict CSP allows no inline script or style, and no data: address beyond images.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: entries(mode),
      // Names of events and limits, of which later parts have some to themselves.
      optimization: { inlineConst: { mode: 'all', pass: 2 } },
      // The loader takes what these scripts export.
      preserveEntrySignatures: 'allow-extension' as const,
      checks: {
        pluginTimings: false,
        // What the widget loads later an agent's screens have at once.
        ineffectiveDynamicImport: mode === 'widget',
      },
      output: {
        codeSplitting: { groups: mode === 'widget' ? [firstLoad] : [] },
        entryFileNames: ({ name }) =>
          publicScripts.has(name) ? 'v1/[name].js' : 'assets/[name]-[hash].js',
        // Named by their bytes alone: the names would be a hundred bytes of what a visitor loads.
        chunkFileNames: mode === 'widget' ? 'assets/[hash:7].js' : 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
}));
