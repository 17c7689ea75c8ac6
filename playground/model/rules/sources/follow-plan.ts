import { isDeepStrictEqual } from 'node:util';
import type { Call, CallResult } from '../conversation.ts';
import { NoAnswer, type Plan, type SourceCall } from './plan.ts';

/** Either calls to make now, or the answer. */
export type PlanStep = { calls: SourceCall[] } | { answer: string };

/** Goes through a plan with the calls already made for the question, up to the first whose result is not there yet. */
export function followPlan(plan: Plan, made: Call[]): PlanStep {
  try {
    let next = plan.next();
    while (!next.done) {
      const results = next.value.map((wanted) => resultOf(wanted, made));
      const missing = next.value.filter((_, at) => results[at] === undefined);
      if (missing.length > 0) return { calls: missing };
      next = plan.next(results.filter((result) => result !== undefined));
    }
    return { answer: next.value };
  } catch (error) {
    if (error instanceof NoAnswer) return { answer: error.message };
    throw error;
  }
}

const resultOf = ({ source, tool, input }: SourceCall, made: Call[]): CallResult | undefined =>
  made.find(
    (call) => call.source === source && call.tool === tool && isDeepStrictEqual(call.input, input),
  )?.result;
