import type { StandInAnswer, StandInRequest } from '../stand-in/start-stand-in.ts';
import type { Rights } from './rights.ts';
import type { S3Bucket } from './s3-bucket.ts';

/** A request that is signed, to a bucket that exists. */
export interface S3Call {
  request: StandInRequest;
  rights: Rights;
  bucket: S3Bucket;
  /** Empty where the bucket itself is meant. */
  key: string;
}

/** Answers one kind of request; what it refuses it throws as S3Error. */
export type S3Operation = (call: S3Call) => StandInAnswer;

/** A document with a status of 200. */
export const xmlAnswer = (body: string): StandInAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body,
});
