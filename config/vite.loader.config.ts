import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The loader is a classic script in one file, so that `<script async src>` is all a page needs. */
export default defineConfig({
  root: path('..'),
  publicDir: false,
  cacheDir: path('../node_modules/.cache/vite-loader'),
  build: {
    target: 'es2022',
    outDir: path('../dist/embed'),
    emptyOutDir: true,
    reportCompressedSize: false,
    lib: {
      entry: path('../src/embed/loader.ts'),
      formats: ['iife'],
      name: 'ConvKitLoader',
      fileName: () => 'v1/loader.js',
    },
  },
});
