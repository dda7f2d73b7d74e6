import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A style sheet in a template string is written for people: browsers need none of its blanks. */
function compactCss(): Plugin {
  return {
    name: 'compact-css',
    enforce: 'pre',
    transform: {
      filter: { id: /\.css\.ts$/ },
      handler: (code) => code.replaceAll(/\n(?=[:.@\w[])|\n(?=`;)/g, ''),
    },
  };
}

/**
 * The loader is a classic script in one file, so that `<script async src>` is all a page needs. Mode
 * `commands` builds the module that it imports for what few pages ask of it.
 */
export default defineConfig(({ mode }) => {
  const isModule = mode === 'commands';
  const name = isModule ? 'commands' : 'loader';
  return {
    root: path('..'),
    publicDir: false as const,
    cacheDir: path(`../node_modules/.cache/vite-${name}`),
    plugins: [compactCss()],
    build: {
      target: 'es2022',
      outDir: path(`../dist/embed/${name}`),
      emptyOutDir: true,
      reportCompressedSize: false,
      minify: 'terser' as const,
      terserOptions: {
        module: isModule,
        toplevel: true,
        compress: {
          ecma: 2020 as const,
          passes: 3,
          unsafe: true,
          unsafe_arrows: true,
          unsafe_methods: true,
        },
      },
      lib: {
        entry: path(`../src/embed/${name}.ts`),
        formats: [isModule ? ('es' as const) : ('iife' as const)],
        name: 'ConvKitLoader',
        fileName: () => `v1/${name}.js`,
      },
      rollupOptions: {
        checks: { pluginTimings: false },
        output: { chunkFileNames: 'assets/[name]-[hash].js' },
      },
    },
  };
});
