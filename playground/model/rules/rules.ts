import { isDeepStrictEqual } from 'node:util';
import { calls, says } from '../script.ts';
import type { Pace, Piece, Turn } from '../turn.ts';
import type { ModelRequest } from '../validate.ts';
import { answerQuery } from './answer-query.ts';
import { type Call, type Conversation, readConversation } from './conversation.ts';
import { toExamples } from './examples.ts';
import { explore, type LookUp, toAddress } from './explore.ts';
import { code } from './markdown.ts';
import { toRowsResult } from './phrase-query.ts';
import { phraseStructure } from './phrase-structure.ts';
import { type Ask, isStructure } from './query.ts';
import { learn, readDigests, type Schema } from './schema.ts';
import { smallTalk } from './small-talk.ts';
import { askSources, type OtherSources, ofDatabase } from './sources/ask-sources.ts';
import type { SourceCall } from './sources/plan.ts';
import { resume } from './sources/resume.ts';
import { toSql } from './sql.ts';
import { understand } from './understand.ts';

export interface RulesOptions {
  /** 1 is natural, 2 twice as fast; 0 = at once. */
  speed?: number;
}

/** How a turn is made of a request, and how fast it is written. */
interface Rules {
  respond(request: ModelRequest): Turn;
  pace?: Pace;
}

/**
 * The demo model. It follows rules, knows nothing of any database, and writes SQL only from the digest in the request
 * and from what tools answered. The same request always gets the same turn: all it remembers stands in the messages.
 */
export function fromRules({ speed = 1 }: RulesOptions): Rules {
  if (speed <= 0) return { respond };
  return { respond, pace: { firstTokenMs: 350 / speed, charsPerTick: 4, tickMs: 25 / speed } };
}

const introduction =
  '_I am the demo model of this playground: I follow rules, and am not Claude. With `ANTHROPIC_API_KEY` set, Claude answers._';

function respond(request: ModelRequest): Turn {
  const conversation = resume(readConversation(request));
  const others = askSources(conversation);
  const step = others.step ?? nextStep(ofDatabase(conversation), others);
  if ('tool' in step) return toCalls(ofSource(step, conversation.source), conversation);
  if ('calls' in step) return toCalls(step.calls, conversation);
  return says(conversation.isFirst ? `${step.answer}\n\n${introduction}` : step.answer);
}

/** Either calls to make now, or the answer. */
type Step = LookUp | { answer: string };

const answer = (text: string): Step => ({ answer: text });

/** More for one question, and something goes round in circles. */
const maxCalls = 30;

const ofSource = ({ tool, inputs }: LookUp, source = ''): SourceCall[] =>
  inputs.map((input) => ({ source, tool, input }));

function toCalls(wanted: SourceCall[], { mayCall, exchanges }: Conversation): Piece | Piece[] {
  const made = exchanges.at(-1)?.calls.length ?? 0;
  if (!mayCall || made >= maxCalls) return says(sentences.noMoreCalls);
  return calls(
    ...wanted.map(({ source, tool, input }): [string, unknown] => [`${source}__${tool}`, input]),
  );
}

function nextStep(conversation: Conversation, { otherwise, examples }: OtherSources): Step {
  const { exchanges, system, source } = conversation;
  const current = exchanges.at(-1) ?? { question: '', calls: [] };
  const made = exchanges.flatMap((exchange) => exchange.calls);
  const schema = learn(readDigests(system), made);
  const ask = understand(conversation, schema);
  const talk = smallTalk(ask, [...(source ? toExamples(schema) : []), ...examples]);
  // A table that is not known yet may explain the words.
  if (talk && ask.type !== 'unknown' && ask.type !== 'unread') return answer(talk);
  if (!source) return answer(otherwise ?? sentences.noSource);

  const isDirect = isStructure(ask) && ask.type !== 'tables';
  const lookUp = isDirect ? undefined : explore(current.question, schema, made);
  if (lookUp) return lookUp;
  if (talk) return answer(otherwise ?? (schema.tables.length > 0 ? talk : sentences.noTables));

  if (ask.type === 'query') return follow(ask, schema, current.calls);
  const wanted = toLookUp(ask, schema);
  const found = wanted && resultsOf(wanted, current.calls);
  if (!wanted) return answer(sentences.noTables);
  if (!found) return wanted;
  const failed = found.find((result) => !result.ok);
  if (failed) return afterError(failed.error, ask, current.calls);
  const data = found.map((result) => (result.ok ? result.data : undefined));
  return answer(isStructure(ask) ? phraseStructure(ask, data) : sentences.noTables);
}

/** Goes through the queries of an answer up to the first whose result is not there yet. */
function follow(ask: Extract<Ask, { type: 'query' }>, schema: Schema, made: Call[]): Step {
  const queries = answerQuery(ask);
  let isFirst = true;
  let next = queries.next();
  while (!next.done) {
    const wanted = toLookUp({ type: 'query', query: next.value }, schema);
    const [result] = (wanted && resultsOf(wanted, made)) ?? [];
    if (wanted && !result) return wanted;
    if (isFirst && result && !result.ok) return afterError(result.error, ask, made);
    next = queries.next(result?.ok ? toRowsResult(result.data) : undefined);
    isFirst = false;
  }
  return answer(next.value);
}

/** The results of these calls, when all of them were made. */
function resultsOf({ tool, inputs }: LookUp, made: Call[]) {
  const results = inputs.map(
    (input) =>
      made.find((call) => call.tool === tool && isDeepStrictEqual(call.input, input))?.result,
  );
  return results.every((result) => result !== undefined) ? results : undefined;
}

/** The calls that a question needs. */
function toLookUp(ask: Ask, { tables }: Schema): LookUp | undefined {
  switch (ask.type) {
    case 'query':
      return {
        tool: 'execute_query',
        inputs: [{ query: toSql(ask.query), max_rows: ask.query.limit }],
      };
    case 'tables': {
      const databases = [...new Set(tables.map(({ database }) => database))].slice(0, 5);
      const inputs = databases.map((database) => (database ? { database } : {}));
      return inputs.length > 0 ? { tool: 'list_tables', inputs } : undefined;
    }
    case 'databases':
      return { tool: 'list_databases', inputs: [{}] };
    case 'sizes':
      return { tool: 'get_table_stats', inputs: [{}] };
    case 'describe':
      return { tool: 'describe_table', inputs: [toAddress(ask.table)] };
    case 'indexes':
      return { tool: 'get_table_indexes', inputs: [toAddress(ask.table)] };
    default:
      return undefined;
  }
}

/** A name that is no longer there: the structure may have changed since the digest, so it is read anew, once. */
function afterError(error: string, ask: Ask, made: Call[]): Step {
  const isDescribed = made.some(({ tool }) => tool === 'describe_table');
  if (ask.type === 'query' && error.startsWith('NOT_FOUND') && !isDescribed)
    return { tool: 'describe_table', inputs: [toAddress(ask.query.table)] };
  const [line = ''] = error.split('\n');
  return answer(`That did not work. The source says: ${code(line.slice(0, 300))}`);
}

const sentences = {
  noSource: 'No SQL database is connected right now, so I cannot look anything up.',
  noTables: 'I see no tables in the database.',
  noMoreCalls: 'I could not finish that within the steps I have. Please ask for a smaller part.',
};
