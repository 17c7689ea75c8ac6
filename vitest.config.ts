import { defineConfig } from 'vitest/config';

/** What is polled for may take as long as a test: the machine runs others beside. Milliseconds. */
const expectations = { poll: { timeout: 20_000 } };

/** jira.js reads at its import how strict it is to be: a setting for this file, and for no other. */
const audited = 'test/playground/jira/shapes.test.ts';

/**
 * Test files share their processes, and so the modules they load: that saves a third of the processor time of `unit`.
 * Modules keep no state of their own, and what a test changes around it, it puts back; the set-up file sees to that.
 */
const sharing = { isolate: false, setupFiles: 'test/support/leave-no-trace.ts' };

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
          exclude: ['test/**/*.real.test.ts', audited],
          testTimeout: 30_000,
          expect: expectations,
          ...sharing,
        },
      },
      {
        test: {
          name: 'unit-audit',
          include: [audited],
          env: { AUDIT_SCHEMAS: 'true' },
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
          ...sharing,
        },
      },
    ],
    coverage: { include: ['src/**/*.ts'] },
  },
});
