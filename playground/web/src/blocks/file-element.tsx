import { useState } from 'react';
import { control as controlApi } from '../workspace/control.ts';
import { useDirectory } from '../workspace/directory.tsx';
import type { ElementProps } from './element.tsx';
import { useEnclosingForm } from './form.ts';
import { useFieldProps } from './input-field.ts';
import { Problem } from './problem.tsx';
import { field, listField } from './text-object.ts';
import { useControl } from './use-control.ts';

/** Slack's, when the app names no number. */
const defaultMax = 10;

/** Files from the person's disk; they are uploaded at once, and the input holds their ids. */
export function FileElement({ element, blockId }: ElementProps) {
  const control = useControl(element, blockId);
  const form = useEnclosingForm();
  const { me } = useDirectory();
  const [names, setNames] = useState<Map<string, string>>(new Map());
  const [uploading, setUploading] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const ids = [control.value ?? []].flat();
  const types = listField(element, 'filetypes').map((type) => String(type).toLowerCase());
  const maxFiles = Number(field(element, 'max_files') ?? defaultMax);

  const upload = async (files: File[]) => {
    setProblem(faultOf(files, types, maxFiles - ids.length));
    const release = form.hold();
    const added: string[] = [];
    for (const file of accepted(files, types).slice(0, maxFiles - ids.length)) {
      setUploading(file.name);
      const answer = await controlApi.upload(me?.id ?? '', file);
      if (!answer.ok) {
        setProblem(`${file.name}: ${answer.message}`);
        continue;
      }
      const { id, name } = answer.file;
      added.push(id);
      setNames((names) => new Map(names).set(id, name));
    }
    setUploading(undefined);
    release();
    if (added.length > 0) control.pick([...ids, ...added]);
  };

  return (
    <div className="file-input">
      <input
        {...useFieldProps('Files')}
        type="file"
        multiple={maxFiles > 1}
        accept={types.map((type) => `.${type}`).join(',')}
        disabled={uploading !== undefined || ids.length >= maxFiles}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // So that the same file can be chosen again after it was removed.
          target.value = '';
          return upload(files);
        }}
      />
      <ul>
        {ids.map((id) => (
          <li key={id}>
            {names.get(id) ?? id}
            <button
              type="button"
              className="icon-button"
              aria-label={`Remove ${names.get(id) ?? id}`}
              onClick={() => control.pick(ids.filter((other) => other !== id))}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      {uploading !== undefined && <p role="status">Uploading {uploading}…</p>}
      <Problem>{problem ?? control.problem}</Problem>
    </div>
  );
}

const accepted = (files: File[], types: string[]) =>
  files.filter(
    ({ name }) =>
      types.length === 0 || types.some((type) => name.toLowerCase().endsWith(`.${type}`)),
  );

/** What of it can't be taken. The words are a guess at Slack's. */
function faultOf(files: File[], types: string[], room: number): string | undefined {
  const fitting = accepted(files, types);
  if (fitting.length < files.length) return `Only these kinds of file: ${types.join(', ')}.`;
  return fitting.length > room ? 'Too many files.' : undefined;
}
