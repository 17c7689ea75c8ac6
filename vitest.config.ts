import { defineConfig } from 'vitest/config';

/** What is polled for may take as long as a test: the machine runs others beside. Milliseconds. */
const expectations = { poll: { timeout: 20_000 } };

/** `unit` needs nothing but Node; `real` runs against Redis, MariaDB and Chromium, which the global set-up starts. */
export default defineConfig({
  test: {
    // More than cores: most tests wait for a Slack, a model or a lease.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.real.test.ts'],
          testTimeout: 30_000,
          expect: expectations,
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/**/*.real.test.ts'],
          globalSetup: 'test/support/services.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: expectations,
        },
      },
    ],
    coverage: { include: ['src/**/*.ts'] },
  },
});
