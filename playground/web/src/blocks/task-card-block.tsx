import { emojify } from 'node-emoji';
import type { AnyBlock } from '../../../slack/control-types.ts';
import { DisplayBlock } from './display-block.tsx';
import { Link } from './link.tsx';
import { field, listField, plainText, stringField } from './text-object.ts';

const states: Record<string, { sign: string; words: string }> = {
  pending: { sign: '○', words: 'Not begun' },
  in_progress: { sign: '◔', words: 'Under way' },
  complete: { sign: '✓', words: 'Done' },
  error: { sign: '✕', words: 'Failed' },
};

/** One step of an agent's work: how far it is, what it does, what came out of it. */
export function TaskCardBlock({ block }: { block: AnyBlock }) {
  return <TaskCard task={block} />;
}

/** Several steps under one title. */
export function PlanBlock({ block }: { block: AnyBlock }) {
  return (
    <div className="plan">
      <b>{emojify(plainText(block.title))}</b>
      {listField(block, 'tasks').map((task, index) => (
        <TaskCard key={stringField(task, 'task_id') ?? index} task={task} />
      ))}
    </div>
  );
}

function TaskCard({ task }: { task: unknown }) {
  const status = stringField(task, 'status') ?? 'pending';
  const { sign, words } = (Object.hasOwn(states, status) && states[status]) || {
    sign: '○',
    words: status,
  };
  return (
    <div className={`task-card ${status}`}>
      <span className="task-sign" role="img" aria-label={words} title={words}>
        {sign}
      </span>
      <div>
        <b>{emojify(plainText(field(task, 'title')))}</b>
        {['details', 'output'].map((name) => {
          const inner = field(task, name);
          if (typeof inner === 'string') return <p key={name}>{inner}</p>;
          return (
            stringField(inner, 'type') === 'rich_text' && (
              <DisplayBlock key={name} block={inner as AnyBlock} />
            )
          );
        })}
        <span className="task-sources">
          {listField(task, 'sources').map((source, index) => {
            const url = typeof source === 'string' ? source : stringField(source, 'url');
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a source has no identity but its place
              <Link key={index} href={url}>
                {plainText(source) || url}
              </Link>
            );
          })}
        </span>
      </div>
    </div>
  );
}
