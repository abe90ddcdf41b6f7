// The plugin that makes the build work without a network: it writes `sw.js`, a service worker that keeps every file of
// the build. What is in the list changes its name with its content, so that a new build is a new store.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const WORKER = fileURLToPath(new URL('./service-worker.js', import.meta.url));

/** Writes the service worker with the list of the files that were built. */
export function offline(): Plugin {
  return {
    name: 'merit-offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const hash = createHash('sha256');
        const files = Object.keys(bundle)
          .filter((name) => !name.endsWith('.map'))
          .sort();
        for (const name of files) {
          const file = bundle[name]!;
          hash.update(name).update(file.type === 'chunk' ? file.code : file.source);
        }
        const list = ['./', 'icon.svg', 'manifest.webmanifest', ...files];
        const source = readFileSync(WORKER, 'utf8')
          .replace("'BUILD'", JSON.stringify(hash.digest('hex').slice(0, 16)))
          .replace("['FILES']", JSON.stringify(list));
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}
