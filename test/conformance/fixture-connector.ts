import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineConnector, defineTool, RichAnswer } from '../../src/connectors/connector.ts';
import { ToolError } from '../../src/connectors/tool-error.ts';

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

const declaration = {
  description: 'A tool that the conformance suite calls by its name',
  input: z.object({}),
  output: z.object({ text: z.string() }),
  annotations: { readOnlyHint: true, openWorldHint: false },
};

const tools = [
  defineTool({
    ...declaration,
    name: 'test_simple_text',
    run: async () => ({ text: 'This is a simple text response for testing.' }),
  }),
  defineTool({
    ...declaration,
    name: 'test_image_content',
    run: async () =>
      new RichAnswer({ text: 'One pixel' }, { picture: { mimeType: 'image/png', data: pixel } }),
  }),
  defineTool({
    ...declaration,
    name: 'test_error_handling',
    async run() {
      throw new ToolError('UPSTREAM_ERROR', 'this tool intentionally returns an error for testing');
    },
  }),
  defineTool({
    ...declaration,
    name: 'test_tool_with_progress',
    async run(_args, { progress }) {
      for (const step of ['first', 'second', 'third']) {
        progress(`The ${step} step`);
        await sleep(50);
      }
      return { text: 'Done in three steps' };
    },
  }),
];

/** What the official suite expects to find on a server, as far as a connector of ours can offer it. */
export const fixture = defineConnector({
  name: 'test',
  title: 'Conformance',
  env: z.object({}),
  open: async () => ({ tools, check: async () => [], close: async () => {} }),
});
