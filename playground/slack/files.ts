import type { FileInfo } from './control-types.ts';
import { freshId } from './identifiers.ts';
import { Refusal } from './refusal.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_ALL_BYTES = 512 * 1024 * 1024;

interface StoredFile {
  info: FileInfo;
  /** Absent until it was uploaded. */
  bytes?: Buffer;
  complete: boolean;
}

/** Uploaded files, in memory; past 512 MB in all the oldest go. */
export class Files {
  readonly #url: () => string;
  readonly #files = new Map<string, StoredFile>();
  #total = 0;

  constructor(url: () => string) {
    this.#url = url;
  }

  /** Announces a file: where its bytes go to. @throws Refusal `invalid_arguments`, `file_upload_size_restricted`. */
  announce(user: string, name: string, size: number): { file_id: string; upload_url: string } {
    if (!name || size <= 0)
      throw new Refusal('invalid_arguments', ['filename and length are required']);
    if (size > MAX_FILE_BYTES) throw new Refusal('file_upload_size_restricted');
    const id = freshId('F');
    this.#files.set(id, { info: this.#describe(id, user, name, size), complete: false });
    return { file_id: id, upload_url: `${this.#url()}/upload/v1/${id}` };
  }

  /** Takes the bytes. False when the file is unknown, was uploaded before, or has another length. */
  upload(id: string, bytes: Buffer): boolean {
    const file = this.#files.get(id);
    if (!file || file.bytes || bytes.length !== file.info.size) return false;
    this.#files.set(id, { ...file, bytes });
    this.#total += bytes.length;
    for (const [oldId, old] of this.#files) {
      if (this.#total <= MAX_ALL_BYTES) break;
      this.#files.delete(oldId);
      this.#total -= old.bytes?.length ?? 0;
    }
    return true;
  }

  /** Finishes an upload. @throws Refusal `file_not_found`, `file_not_uploaded`. */
  complete(id: string, title?: string): FileInfo {
    const file = this.#files.get(id);
    if (!file || file.complete) throw new Refusal('file_not_found');
    if (!file.bytes) throw new Refusal('file_not_uploaded');
    const info = { ...file.info, title: title || file.info.title };
    this.#files.set(id, { ...file, info, complete: true });
    return info;
  }

  /** A file that a person attaches. @throws Refusal `file_upload_size_restricted`. */
  add(user: string, name: string, bytes: Buffer): FileInfo {
    const { file_id } = this.announce(user, name, Math.max(1, bytes.length));
    this.upload(file_id, bytes.length > 0 ? bytes : Buffer.from('\n'));
    return this.complete(file_id);
  }

  /** @throws Refusal `file_not_found`. */
  info(id: string | undefined): FileInfo {
    const file = id ? this.#files.get(id) : undefined;
    if (!file?.complete) throw new Refusal('file_not_found');
    return file.info;
  }

  bytes(id: string): Buffer | undefined {
    const file = this.#files.get(id);
    return file?.complete ? file.bytes : undefined;
  }

  #describe(id: string, user: string, name: string, size: number): FileInfo {
    const filetype = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? 'binary';
    const url = `${this.#url()}/files/${id}/${encodeURIComponent(name)}`;
    return {
      id,
      name,
      title: name,
      mimetype: mimetypes[filetype] ?? 'application/octet-stream',
      filetype,
      size,
      url_private: url,
      url_private_download: url,
      user,
      created: Math.floor(Date.now() / 1000),
    };
  }
}

const mimetypes: Record<string, string> = {
  csv: 'text/csv',
  txt: 'text/plain',
  md: 'text/markdown',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
};
