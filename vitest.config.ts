import { defineConfig } from 'vitest/config';

/** A minute in ms. Limits are for what hangs, not for what is slow: flow tests start processes, and on a machine with other work some pass a minute. */
const slow = 60_000;

/** Tests by price: `unit` starts nothing, `flow` starts servers and processes. Two workers, because the reference machine has two cores. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A test that leaves a server or a child behind fails the run here instead of hanging it.
    teardownTimeout: 10_000,
    projects: [
      {
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], pool: 'forks', testTimeout: 30_000, hookTimeout: 2 * slow },
      },
      {
        test: { name: 'flow', include: ['test/flow/**/*.test.ts'], pool: 'forks', testTimeout: 3 * slow, hookTimeout: 4 * slow },
      },
    ],
  },
});
