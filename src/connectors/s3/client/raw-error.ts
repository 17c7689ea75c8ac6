/** What the SDK tells of a failed request, in one shape. */
export interface RawError {
  /** S3's own word, else the SDK's or the system's: `NoSuchKey`, `TimeoutError`, `ECONNREFUSED`. */
  code: string;
  message: string;
  /** 0 when there was no answer. */
  status: number;
  header(name: string): string | undefined;
  /** A field of S3's error beside code and message: `Region`, `ActualObjectSize`. */
  field(name: string): string | undefined;
}

/** Reads an error of the SDK, which has its facts in many places. */
export function toRawError(error: unknown): RawError {
  const fields = toRecord(error);
  const headers = toRecord(toRecord(fields.$response).headers);
  const status = toRecord(fields.$metadata).httpStatusCode;
  return {
    code: toCode(fields),
    message: toText(fields.message) ?? '',
    status: typeof status === 'number' ? status : 0,
    header: (name) => toText(headers[name]),
    field: (name) => toText(fields[name]),
  };
}

function toCode(fields: Record<string, unknown>): string {
  const system = toText(fields.code);
  if (system && /^(E[A-Z]|ERR_|CERT_|DEPTH_|SELF_|UNABLE_|HPE_)/.test(system)) return system;
  return toText(fields.name) ?? 'Error';
}

const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const toText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
