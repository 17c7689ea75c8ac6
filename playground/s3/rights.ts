import { S3Error } from './s3-error.ts';

/** What the account may not do: an action of IAM, with `*` at the end for all that begin so. */
export interface DenyRule {
  /** `s3:GetObject`, `s3:List*`, `kms:Decrypt`. */
  action: string;
  bucket?: string;
  /** Of keys; for lists of the prefix that is asked for. */
  prefix?: string;
}

/** What an action is done to. */
export interface Target {
  bucket?: string;
  /** A key, or the prefix of a list. */
  name?: string;
}

/** Who may do what. */
export interface Rights {
  deny(rule: DenyRule): void;
  allows(action: string, target: Target): boolean;
  /** Throws AccessDenied with the sentence of AWS. */
  demand(action: string, target: Target): void;
}

/** Whose requests they are, as AWS names it in its refusals. */
export const account = '123456789012';
const user = `arn:aws:iam::${account}:user/reader`;

/** An account that may do everything until something is denied. */
export function openRights(): Rights {
  const rules: DenyRule[] = [];
  const allows = (action: string, target: Target) =>
    !rules.some((rule) => covers(rule, action, target));
  return {
    deny: (rule) => void rules.push(rule),
    allows,
    demand(action, target) {
      if (allows(action, target)) return;
      const message = `User: ${user} is not authorized to perform: ${action} on resource: ${toResource(action, target)} because no identity-based policy allows the ${action} action`;
      throw new S3Error('AccessDenied', { message });
    },
  };
}

function covers({ action, bucket, prefix = '' }: DenyRule, asked: string, target: Target): boolean {
  const sameAction = action.endsWith('*')
    ? asked.startsWith(action.slice(0, -1))
    : asked === action;
  const sameBucket = bucket === undefined || bucket === target.bucket;
  return sameAction && sameBucket && (target.name ?? '').startsWith(prefix);
}

function toResource(action: string, { bucket = '', name = '' }: Target): string {
  if (action.startsWith('kms:'))
    return `arn:aws:kms:eu-central-1:${account}:key/11111111-2222-4333-8444-555555555555`;
  if (action === 's3:ListAllMyBuckets') return 'arn:aws:s3:::*';
  const isOfBucket = /^s3:(ListBucket|GetBucket)/.test(action);
  return `"arn:aws:s3:::${isOfBucket ? bucket : `${bucket}/${name}`}"`;
}
