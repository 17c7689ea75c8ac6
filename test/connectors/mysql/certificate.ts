import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** A certificate with its key, as PEM. */
export interface Certificate {
  cert: string;
  key: string;
  /** Signs another one. */
  sign(options: CertificateOptions): Certificate;
}

export interface CertificateOptions {
  /** What it is made out to; without any it is a certificate authority. */
  names?: string[];
  addresses?: string[];
  /** Days from today at which it begins and ends to be valid. */
  days?: [from: number, to: number];
}

/** Makes a certificate authority, valid from yesterday to tomorrow. */
export const makeAuthority = (): Certificate => make({}, undefined);

function make(options: CertificateOptions, issuer: { key: KeyObject } | undefined): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { names = [], addresses = [], days = [-1, 1] } = options;
  const isAuthority = names.length + addresses.length === 0;
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name('Test authority'),
    sequence(...days.map(time)),
    name(isAuthority ? 'Test authority' : 'Test server'),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(isAuthority ? authority : made(names, addresses))),
  );
  const signature = createSign('sha256')
    .update(body)
    .sign(issuer?.key ?? privateKey);
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), signature));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (options) => make(options, { key: privateKey }),
  };
}

// DER, as X.509 needs it.

function tagged(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...content: Buffer[]) => tagged(0x30, ...content);
const integer = (value: Buffer) => tagged(0x02, value);
const oid = (...bytes: number[]) => tagged(0x06, Buffer.from(bytes));
const octets = (content: Buffer) => tagged(0x04, content);

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const commonName = oid(0x55, 0x04, 0x03);
const basicConstraints = oid(0x55, 0x1d, 0x13);
const alternativeNames = oid(0x55, 0x1d, 0x11);
const yes = tagged(0x01, Buffer.from([0xff]));

const name = (text: string) =>
  sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from(text)))));

const time = (days: number) => {
  const date = new Date(Date.now() + days * 86_400_000).toISOString();
  return tagged(0x18, Buffer.from(`${date.slice(0, 19).replace(/\D/g, '')}Z`));
};

const authority = sequence(basicConstraints, yes, octets(sequence(yes)));

const made = (names: string[], addresses: string[]) =>
  sequence(
    alternativeNames,
    octets(
      sequence(
        ...names.map((each) => tagged(0x82, Buffer.from(each))),
        ...addresses.map((each) => tagged(0x87, Buffer.from(each.split('.').map(Number)))),
      ),
    ),
  );
