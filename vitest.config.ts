import { defineConfig } from 'vitest/config';

/** Tests that drive Chromium: one file at a time, so that browsers don't take the processor from each other. */
const IN_BROWSER = 'test/playground/browser/**/*.test.ts';

export default defineConfig({
  test: {
    hookTimeout: 120_000,
    setupFiles: ['test/forms.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: [IN_BROWSER], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [IN_BROWSER],
          globalSetup: ['test/playground/browser/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
