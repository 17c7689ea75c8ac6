import { startJira } from '../../../playground/jira/start-jira.ts';
import { fromRules } from '../../../playground/model/rules/rules.ts';
import type { Piece } from '../../../playground/model/turn.ts';
import type { ModelMessage, ModelRequest } from '../../../playground/model/validate.ts';
import { startS3 } from '../../../playground/s3/start-s3.ts';
import { jiraData } from '../../../playground/shop/jira/jira-data.ts';
import { loadS3, s3Objects } from '../../../playground/shop/s3/s3-objects.ts';
import { type ShopRecords, shopRecords } from '../../../playground/shop/shop-records.ts';
import { shopifyData } from '../../../playground/shop/shopify/shopify-data.ts';
import { startShopify } from '../../../playground/shopify/start-shopify.ts';
import { callTool } from '../../../src/connectors/call-tool.ts';
import type { Connector, OpenConnector } from '../../../src/connectors/connector.ts';
import { jira } from '../../../src/connectors/jira/index.ts';
import { s3 } from '../../../src/connectors/s3/index.ts';
import { shopify } from '../../../src/connectors/shopify/index.ts';
import { log } from '../../../src/log.ts';

/** A conversation with the demo model, which calls the real tools of S3, Jira and Shopify on the shop's stand-ins. */
export interface SourcesTalk extends AsyncDisposable {
  records: ShopRecords;
  today: Date;
  /** Asks and gives the answer's Markdown. What was said before stays, unless `new` is set. */
  ask(question: string, options?: { new?: boolean; only?: string }): Promise<string>;
  /** The calls of the last question: `s3__list_buckets {}`. */
  calls(): string[];
}

/** `without`: sources that are not connected. */
export async function openSourcesTalk({
  today,
  without = [],
}: {
  today: Date;
  without?: string[];
}): Promise<SourcesTalk> {
  await using parts = new AsyncDisposableStack();
  const records = shopRecords({ today });
  const buckets = parts.use(await startS3());
  loadS3(buckets, s3Objects(records, { today }));
  const site = parts.use(await startJira({ today, data: jiraData(records, { today }) }));
  const shop = parts.use(
    await startShopify({ today, data: () => shopifyData(records, { today }) }),
  );
  const open = new Map<string, OpenConnector>();
  const add = async (connector: Connector, env: Record<string, string>) => {
    if (without.includes(connector.name)) return;
    const opened = await connector.open(connector.env.parse(env));
    parts.defer(() => opened.close());
    open.set(connector.name, opened);
  };
  await add(s3, buckets.env);
  await add(jira, site.env);
  await add(shopify, shop.env);

  const { respond } = fromRules({ speed: 0 });
  const { signal } = new AbortController();
  const tools = [...open].flatMap(([source, connector]) =>
    connector.tools.map(({ name }) => ({
      name: `${source}__${name}`,
      input_schema: { type: 'object' as const },
    })),
  );
  let messages: ModelMessage[] = [];
  let calls: string[] = [];

  async function ask(question: string, { new: isNew = false, only = '' } = {}): Promise<string> {
    if (isNew) messages = [];
    const use = only ? `only ${only}` : 'any';
    const context = `<context>\nnow: ${today.toISOString()}\nsource in use: ${use}\n</context>`;
    messages.push({
      role: 'user',
      content: [context, question].map((text) => ({ type: 'text', text })),
    });
    calls = [];
    for (let step = 0; step < 10; step++) {
      const pieces = toPieces({ model: 'claude-sonnet-5-5', max_tokens: 1000, tools, messages });
      const uses = pieces.flatMap((piece, at) =>
        piece.type === 'tool'
          ? [
              {
                id: `${messages.length}-${at}`,
                name: piece.name,
                input: piece.input as Record<string, unknown>,
              },
            ]
          : [],
      );
      const text = pieces
        .map((piece) => (piece.type === 'text' ? piece.chunks.join('') : ''))
        .join('');
      if (uses.length === 0) {
        messages.push({ role: 'assistant', content: text });
        return text;
      }
      calls.push(...uses.map(({ name, input }) => `${name} ${JSON.stringify(input)}`));
      messages.push({
        role: 'assistant',
        content: uses.map((use) => ({ type: 'tool_use', ...use })),
      });
      const results = uses.map(async ({ id, name, input }) => {
        const [source = '', tool = ''] = name.split('__');
        const reply = await callTool(open.get(source)?.tools ?? [], tool, input, {
          signal,
          progress() {},
          log: quiet,
        });
        const body = reply.structured
          ? `"data":${reply.text}`
          : `"error":${JSON.stringify(reply.text)}`;
        const content = `{"source":"${source}","trust":"untrusted data",${body}}`;
        return {
          type: 'tool_result' as const,
          tool_use_id: id,
          content,
          is_error: !reply.structured,
        };
      });
      messages.push({ role: 'user', content: await Promise.all(results) });
    }
    throw new Error(`No answer to ${question} after ten steps.`);
  }

  const toPieces = (request: ModelRequest): Piece[] => [respond(request)].flat() as Piece[];
  const running = parts.move();
  return {
    records,
    today,
    ask,
    calls: () => calls,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const quiet = log.child({}, { level: 'silent' });
