const POLICY = 'packages/api/src/storage/README.md has the policy it needs';
const NO_HOST = 'S3_ENDPOINT: there is no host of this name; check its spelling, and the DNS of this machine.';
const NO_TLS = 'S3_ENDPOINT: no secure connection can be made to it; check http or https, and the certificate of the store.';
const NO_STORE = 'S3_ENDPOINT: what answers there is no S3 store, or not for this bucket; check its address and port, and S3_BUCKET.';
const WRONG_REGION = 'S3_REGION: the bucket is in another region; set S3_REGION to it, and S3_ENDPOINT, where given, to its address.';
const FULL = 'The store is full; free space in it, or raise its quota.';
const EXPIRED = 'The temporary credentials of this machine are no longer taken; renew what gives them.';

/** What to do about an error of S3, of the network or of the SDK, by its code. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const ADVICE: Readonly<Record<string, string>> = {
  InvalidAccessKeyId:
    'S3_ACCESS_KEY_ID: the store does not know this key; copy it again, and check that it is one of this store (S3_ENDPOINT).',
  SignatureDoesNotMatch:
    'S3_SECRET_ACCESS_KEY: the store refuses what was signed with it; copy the secret that belongs to S3_ACCESS_KEY_ID again.',
  AccessDenied: `S3_ACCESS_KEY_ID: the store knows this key, but does not let it use the bucket; check S3_BUCKET, and what the key may do: ${POLICY}.`,
  AllAccessDisabled: 'S3_ACCESS_KEY_ID: the store has disabled this account; ask its operator.',
  CredentialsProviderError:
    'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: neither is given, and this machine has no other credentials for S3; set both, or give it a role.',
  QuotaExceeded: FULL,
  XMinioStorageFull: FULL,
  InsufficientStorage: FULL,
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  InvalidToken: EXPIRED,
  NoSuchBucket:
    'S3_BUCKET: the store has no bucket of this name; make it, or correct the name, or S3_ENDPOINT and S3_REGION, which say where it is looked for.',
  PermanentRedirect: WRONG_REGION,
  AuthorizationHeaderMalformed: WRONG_REGION,
  IllegalLocationConstraintException: WRONG_REGION,
  RequestTimeTooSkewed:
    'The clock of this machine is more than 15 minutes off: the store refuses what is signed with it, so set it, and keep it set with NTP.',
  ENOTFOUND: NO_HOST,
  EAI_AGAIN: NO_HOST,
  ECONNREFUSED: 'S3_ENDPOINT: nothing listens there; check its host and port, and that the store runs.',
  HPE_INVALID_CONSTANT: NO_STORE,
  EPROTO: NO_TLS,
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_TLS,
  SELF_SIGNED_CERT_IN_CHAIN: NO_TLS,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_TLS,
  CERT_HAS_EXPIRED: NO_TLS,
  ERR_TLS_CERT_ALTNAME_INVALID: NO_TLS,
};

const DENIED_STATUSES: ReadonlySet<number> = new Set([401, 403]);

/** One sentence for the operator that names the variable to look at. @param status of the answer; null: none came */
export function adviseOnS3(code: string, status: number | null): string {
  const known = ADVICE[code];
  if (known !== undefined) return known;
  if (status === null) return 'S3_ENDPOINT: the store does not answer; check that it runs, and that this machine may reach it.';
  if (DENIED_STATUSES.has(status))
    return 'S3_ACCESS_KEY_ID: the store refuses what is asked with this key; check key and secret, S3_BUCKET, and what the key may do.';
  // S3 names every error of its own; a page of some other server has no code.
  return code === 'UnknownError' || code === 'NotFound' || code === 'SyntaxError' ? NO_STORE : 'The object store failed.';
}
