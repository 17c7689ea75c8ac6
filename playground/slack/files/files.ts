import { unixSeconds } from '../clock.ts';
import type { FileInfo, Limits } from '../control-types.ts';
import { freshId } from '../identifiers.ts';
import { Refusal } from '../refusal.ts';
import { fileTypeOf, safeName } from './file-types.ts';
import { imageSize } from './image-size.ts';
import { thumbnails } from './thumbnails.ts';

/** Slack's own limit. */
const MAX_FILE_BYTES = 1024 ** 3;
/** What the playground keeps in memory: one file, and all of them. */
const MAX_KEPT_BYTES = 64 * 1024 ** 2;
const MAX_ALL_BYTES = 512 * 1024 ** 2;
const MAX_SNIPPET_BYTES = 1024 ** 2;
const MAX_ALT_TEXT = 1_000;
const MAX_FILES = 10_000;

interface StoredFile {
  info: FileInfo;
  /** Absent until it was uploaded. */
  bytes?: Buffer;
  complete: boolean;
  /** Apps that were handed it in a form. */
  readers: Set<string>;
}

/** A file before its bytes are there. */
export interface FileDraft {
  name: string;
  /** Bytes. */
  size: number;
  alt_txt?: string | undefined;
  /** It is a snippet, in this language. */
  snippet_type?: string | undefined;
}

/** Uploaded files, in memory; past 512 MB or 10,000 of them the oldest go. */
export class Files {
  readonly #url: () => string;
  readonly #limits: Limits;
  readonly #files = new Map<string, StoredFile>();
  #total = 0;

  constructor(url: () => string, limits: Limits) {
    this.#url = url;
    this.#limits = limits;
  }

  /**
   * Announces a file: where its bytes go to.
   *
   * @throws Refusal `missing_argument`, `file_upload_size_restricted`, `snippet_too_large`, `alt_txt_too_large`.
   */
  announce(user: string, draft: FileDraft): { file_id: string; upload_url: string } {
    const { size, alt_txt = '', snippet_type } = draft;
    if (!Number.isSafeInteger(size) || size < 1)
      throw new Refusal('missing_argument', ['length is the number of bytes, at least 1']);
    const { sizes } = this.#limits;
    if (sizes && size > MAX_FILE_BYTES)
      throw new Refusal('file_upload_size_restricted', ['a file has at most 1 GB']);
    if (size > MAX_KEPT_BYTES)
      throw new Refusal('file_upload_size_restricted', ['the playground takes at most 64 MB']);
    if (sizes && snippet_type && size > MAX_SNIPPET_BYTES) throw new Refusal('snippet_too_large');
    if (sizes && alt_txt.length > MAX_ALT_TEXT) throw new Refusal('alt_txt_too_large');
    const id = freshId('F');
    const info = this.#describe(id, user, draft);
    this.#files.set(id, { info, complete: false, readers: new Set() });
    this.#makeRoom();
    return { file_id: id, upload_url: `${this.#url()}/upload/v1/${id}` };
  }

  /** Takes the bytes. False when the file is unknown, was uploaded before, or has another length. */
  upload(id: string, bytes: Buffer): boolean {
    const file = this.#files.get(id);
    if (!file || file.bytes || bytes.length !== file.info.size) return false;
    const size = imageSize(bytes);
    const info = { ...file.info, ...(size && thumbnails(file.info.url_private, size)) };
    this.#files.set(id, { ...file, info, bytes });
    this.#total += bytes.length;
    this.#makeRoom();
    return true;
  }

  /** An uploaded file that is not finished yet, of this user. @throws Refusal `file_not_found`, `file_not_uploaded`. */
  uploaded(id: string, user: string): FileInfo {
    const file = this.#files.get(id);
    if (!file || file.complete || file.info.user !== user) throw new Refusal('file_not_found');
    if (!file.bytes) throw new Refusal('file_not_uploaded');
    return file.info;
  }

  /** Finishes an upload. @throws Refusal `file_not_found`. */
  complete(id: string, title?: string): FileInfo {
    return this.#change(id, title ? { title } : {}, true);
  }

  /** A file that a person uploads. @throws Refusal `file_upload_size_restricted`, `missing_argument` when it is empty. */
  add(user: string, name: string, bytes: Buffer): FileInfo {
    const { file_id } = this.announce(user, { name, size: bytes.length });
    this.upload(file_id, bytes);
    return this.complete(file_id);
  }

  /** Marks a file as one that everybody in the workspace may see. */
  publish(id: string): void {
    this.#change(id, { is_public: true });
  }

  /** @throws Refusal `file_not_found`. */
  info(id: string | undefined): FileInfo {
    const file = id ? this.#files.get(id) : undefined;
    if (!file?.complete) throw new Refusal('file_not_found');
    return file.info;
  }

  /** A file that this person uploaded. @throws Refusal `file_not_found`. */
  ofPerson(id: string, user: string): FileInfo {
    const info = this.info(id);
    if (info.user !== user) throw new Refusal('file_not_found');
    return info;
  }

  bytes(id: string): Buffer | undefined {
    const file = this.#files.get(id);
    return file?.complete ? file.bytes : undefined;
  }

  /** All finished ones, newest first. */
  list(): FileInfo[] {
    const done = [...this.#files.values()].filter(({ complete }) => complete);
    return done.map(({ info }) => info).reverse();
  }

  /** Lets an app read a file that it was handed. */
  letRead(id: string, app_id: string): void {
    this.#files.get(id)?.readers.add(app_id);
  }

  mayRead(id: string, app_id: string): boolean {
    return this.#files.get(id)?.readers.has(app_id) ?? false;
  }

  delete(id: string): void {
    this.#total -= this.#files.get(id)?.bytes?.length ?? 0;
    this.#files.delete(id);
  }

  #change(id: string, patch: { title?: string; is_public?: boolean }, complete = false): FileInfo {
    const file = this.#files.get(id);
    if (!file) throw new Refusal('file_not_found');
    const info = { ...file.info, ...patch };
    this.#files.set(id, { ...file, info, complete: file.complete || complete });
    return info;
  }

  #makeRoom(): void {
    for (const id of this.#files.keys()) {
      if (this.#total <= MAX_ALL_BYTES && this.#files.size <= MAX_FILES) return;
      this.delete(id);
    }
  }

  #describe(id: string, user: string, draft: FileDraft): FileInfo {
    const name = safeName(draft.name);
    const url = `${this.#url()}/files/${id}/${encodeURIComponent(name)}`;
    const created = unixSeconds();
    const { alt_txt, snippet_type } = draft;
    return {
      id,
      created,
      timestamp: created,
      name,
      title: name,
      ...fileTypeOf(name),
      ...(snippet_type && { filetype: snippet_type, mimetype: 'text/plain' }),
      user,
      size: draft.size,
      mode: snippet_type ? 'snippet' : 'hosted',
      editable: snippet_type !== undefined,
      is_external: false,
      is_public: false,
      url_private: url,
      url_private_download: url,
      permalink: url,
      ...(alt_txt && { alt_txt }),
    };
  }
}
