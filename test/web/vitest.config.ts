import { defineConfig } from 'vitest/config';

/** The console in a browser: slow, and with packages that nothing else needs, so apart from `npm test`. One file at a time: each has a cloud and a browser. What a page does not show within a second on a busy machine is polled for longer, and a test is tried once more. */
export default defineConfig({
  test: {
    name: 'web', include: ['test/web/**/*.test.ts'], pool: 'forks', maxWorkers: 1, fileParallelism: false,
    testTimeout: 120_000, hookTimeout: 180_000, teardownTimeout: 20_000, expect: { poll: { timeout: 15_000 } }, retry: 1,
  },
});
