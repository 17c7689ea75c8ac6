import type { Limits } from '../../../slack/control-types.ts';
import { Problem } from '../blocks/problem.tsx';
import { control } from '../workspace/control.ts';
import { useAction } from '../workspace/use-action.ts';

const known: Record<keyof Limits, [title: string, meaning: string]> = {
  rates: [
    'Rates',
    'Calls per method and workspace, and messages per channel; past them 429 and Retry-After.',
  ],
  scopes: [
    'Scopes',
    'A token does only what its scopes in the manifest allow; else missing_scope.',
  ],
  deadlines: [
    'Deadlines',
    'Three seconds to ack, three for a trigger id, thirty minutes and five uses for a response_url.',
  ],
  sizes: ['Sizes', 'How long texts, messages, views and files may be.'],
  blocks: ['Blocks', 'What blocks may be made of: their fields, elements and options.'],
};

/** Slack's limits, each with its switch. */
export function LimitsTab({ limits }: { limits: Limits | undefined }) {
  const { run, busy, problem } = useAction();
  if (!limits) return null;
  return (
    <div className="limits">
      <p className="nothing">
        {Object.values(limits).every(Boolean)
          ? 'All of Slack’s limits are kept. Switch one off to see what it is about.'
          : 'What is off is not checked, until it is switched on again.'}
      </p>
      <ul>
        {(Object.keys(known) as (keyof Limits)[]).map((name) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                role="switch"
                checked={limits[name]}
                aria-checked={limits[name]}
                disabled={busy}
                onChange={({ target }) => run(control.limits({ [name]: target.checked }))}
              />
              <b>{known[name][0]}</b>
              <span className="state">{limits[name] ? 'kept' : 'off'}</span>
              <small>{known[name][1]}</small>
            </label>
          </li>
        ))}
      </ul>
      <Problem>{problem}</Problem>
    </div>
  );
}
