import { defineConfig } from 'vitest/config';

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
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/**/*.real.test.ts'],
          globalSetup: 'test/support/services.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
    coverage: { include: ['src/**/*.ts'] },
  },
});
