import { useEffect, useRef, useState } from 'react';
import { control } from '../workspace/control.ts';

/** A file on its way into a message. */
export interface Upload {
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Of the uploaded file; absent while it is on its way, or when it was refused. */
  id?: string;
  /** Why it was refused. */
  problem?: string;
}

export interface Uploads {
  uploads: Upload[];
  busy: boolean;
  add: (files: Iterable<File>) => void;
  remove: (key: string) => void;
  /** Takes the uploaded ones out, for sending; the refused ones go as well. */
  take: () => Upload[];
  putBack: (taken: Upload[]) => void;
}

/** The files that wait in a composer. What is uploaded survives a reload of this browser tab. Mount it anew for another conversation. */
export function useUploads(user: string, conversation: string): Uploads {
  const storageKey = `playground.files.${conversation}`;
  const [uploads, setUploads] = useState(() => stored(storageKey));
  const nextKey = useRef(0);

  useEffect(() => {
    const done = uploads.filter(({ id }) => id !== undefined);
    if (done.length > 0) sessionStorage.setItem(storageKey, JSON.stringify(done));
    else sessionStorage.removeItem(storageKey);
  }, [storageKey, uploads]);

  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const key = `${Date.now()}.${nextKey.current++}`;
      const upload: Upload = { key, name: file.name, size: file.size };
      setUploads((before) => [...before, upload]);
      void control.upload(user, file).then((answer) => {
        const done = answer.ok ? { id: answer.file.id } : { problem: answer.message };
        setUploads((before) =>
          before.map((other) => (other.key === key ? { ...other, ...done } : other)),
        );
      });
    }
  };
  return {
    uploads,
    busy: uploads.some(({ id, problem }) => id === undefined && problem === undefined),
    add,
    remove: (key) => setUploads((before) => before.filter((other) => other.key !== key)),
    take: () => {
      setUploads([]);
      return uploads.filter(({ id }) => id !== undefined);
    },
    putBack: (taken) => setUploads((since) => [...taken, ...since]),
  };
}

function stored(key: string): Upload[] {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? '[]') ?? []) as Upload[];
  } catch {
    return [];
  }
}
