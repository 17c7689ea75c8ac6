import type { AnyBlock } from '../../../slack/control-types.ts';
import { stringField } from './text-object.ts';

/** A remote file: Slack shows what `files.remote.add` said of it, which this playground does not have. */
export function FileBlock({ block }: { block: AnyBlock }) {
  return (
    <div className="link-card">
      <small>Remote file</small>
      <b>{stringField(block, 'external_id') ?? 'File'}</b>
    </div>
  );
}
