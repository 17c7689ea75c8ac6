import { z } from 'zod';

/** How the process runs. */
export const operationConfig = z.object({
  ROLE: z
    .enum(['all', 'bot', 'worker'], 'must be all, bot or worker')
    .default('all')
    .describe('what this process does'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('where /health, /ready and, with HTTP delivery, /slack/events are'),
  HOST: z
    .string()
    .optional()
    .describe('the address that PORT listens on; all of this machine when unset'),
  LOG_LEVEL: z
    .enum(
      ['debug', 'info', 'warn', 'error', 'silent'],
      'must be debug, info, warn, error or silent',
    )
    .default('info'),
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(20)
    .describe('how many questions this process answers at a time'),
  AGENT_MAX_STEPS: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(10)
    .describe('how many rounds of tool calls a question may take'),
});

export const claudeConfig = z.object({
  ANTHROPIC_API_KEY: z.string().describe('the key for Claude, from the Anthropic console'),
  ANTHROPIC_MODEL: z.string().default('claude-sonnet-5-5').describe('which Claude answers'),
  ANTHROPIC_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
});
