import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Pages of hosts, built as a user of the package builds theirs: they import it by its name. */
export default defineConfig({
  root: path('../demo/hosts'),
  publicDir: false,
  cacheDir: path('../node_modules/.cache/vite-hosts'),
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('conv-') } } }),
  ],
  build: {
    target: 'es2022',
    outDir: path('../dist/hosts'),
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      // The kit loads some parts later; a page that has them at once may.
      checks: { ineffectiveDynamicImport: false, pluginTimings: false },
      input: ['plain/index', 'plain/order', 'react/index', 'vue/index'].map((page) =>
        path(`../demo/hosts/${page}.html`),
      ),
    },
  },
});
