/**
 * The process in which queries are planned, started by `QueryPlanner` with the version as its argument. The schema takes
 * 60 MB, and a thread's memory would stay with the connector when the thread has ended.
 */
import { z } from 'zod';
import { ToolError, type ToolErrorCode } from '../../tool-error.ts';
import { apiVersions } from '../schema/api-versions.ts';
import { loadSchema } from '../schema/load-schema.ts';
import { planQuery, type QueryPlan } from './plan-query.ts';

/** A query to be planned. */
export interface PlanRequest {
  id: number;
  text: string;
  variables: Record<string, unknown>;
}

/** What comes back. Errors travel as their parts: a message cannot pass on their class. */
export type PlanReply =
  | { id: number; plan: QueryPlan }
  | { id: number; refusal: { code: ToolErrorCode; message: string } };

const loading = loadSchema(z.enum(apiVersions).parse(process.argv[2]));

process.on('message', ({ id, text, variables }: PlanRequest) => {
  void loading.then((schema) => {
    try {
      reply({ id, plan: planQuery(schema, text, variables) });
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      reply({ id, refusal: { code: error.code, message: error.message } });
    }
  });
});

function reply(message: PlanReply) {
  process.send?.(message);
}
