/** `npm run sources [-- accept <name> [<fingerprint>]]`: what other people's servers offer, and accepting a change of it. */

import { fingerprintOf } from '../agent/tool-change.ts';
import { readConfig } from '../config.ts';
import { StartError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type AcceptedTools, openAcceptedTools } from '../store/accepted-tools.ts';
import { openRedis, redisConfig } from '../store/redis.ts';
import { describeChange, describeTools } from './describe-tools.ts';

const usage = `npm run sources                                     what is accepted, and what has changed
npm run sources -- accept <name> [<fingerprint>]    accept the change of a source, as it is shown`;

/** What is to be done; Redis is needed only then. @throws StartError with how this is used. */
function toTask(args: string[]): (tools: AcceptedTools) => Promise<string> {
  const [verb, name, fingerprint] = args;
  if (verb === undefined) return show;
  if (verb !== 'accept' || name === undefined || args.length > 3) throw new StartError(usage);
  return (tools) => accept(tools, name, fingerprint);
}

async function withTools(task: (tools: AcceptedTools) => Promise<string>): Promise<string> {
  const { redis } = readConfig({ redis: redisConfig }, process.env);
  const connection = await openRedis(redis.REDIS_URL, 'hasty');
  return task(openAcceptedTools(connection)).finally(() => connection.disconnect());
}

async function show(tools: AcceptedTools): Promise<string> {
  const known = await tools.list();
  if (known.length === 0)
    return 'No server of others has been seen yet (see docs/data-sources.md).';
  return known.map(describeTools).join('\n');
}

/** Accepts exactly what it shows; with a fingerprint, only that. */
async function accept(tools: AcceptedTools, name: string, fingerprint?: string): Promise<string> {
  const known = await tools.list();
  const found = known.find(({ source }) => source === name);
  if (!found) {
    const [close] = nearest(
      name,
      known.map(({ source }) => source),
      1,
    );
    throw new StartError(
      `No source ${name} has been seen${close ? `; did you mean ${close}?` : '.'}`,
    );
  }
  const { accepted, held } = found;
  if (!held) return `${name}: nothing to accept, its tools are as they were.`;
  if (fingerprint !== undefined && fingerprint !== fingerprintOf(held))
    throw new StartError(
      `${name} has changed once more since ${fingerprint}. Look again: npm run sources`,
    );
  await tools.accept(name, { ...held, at: Date.now() });
  return [
    describeChange(accepted, held),
    `${name}: accepted. It is offered again within half a minute; /datasource test looks at once.`,
  ].join('\n');
}

try {
  const args = process.argv.slice(2);
  const text = args[0] === '--help' ? usage : await withTools(toTask(args));
  process.stdout.write(`${text}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
