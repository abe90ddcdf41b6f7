// How the playground is built: static files with relative addresses, so that they work under any path of any server.
// Examples are bundled as files of their own, and the service worker gets the list of all files that were built.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { offline } from './offline.ts';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

// Vite reads its configuration as a default export.
export default defineConfig({
  root: ROOT,
  base: './',
  plugins: [offline()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The page's policy lets nothing be fetched from `data:` addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
    emptyOutDir: true,
  },
  server: { fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] } },
});
