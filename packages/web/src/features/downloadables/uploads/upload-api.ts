/** The upload mutations as plain functions: they return what is needed, throw UploadRefused for a no, and another error for "try again". */
import { client } from '../../../graphql/client';
import {
  AbortUploadDocument,
  CompleteUploadDocument,
  CreateUploadDocument,
  GetAssetStateDocument,
  GetDownloadableProgressDocument,
  GetUnfinishedUploadDocument,
  SignUploadPartsDocument,
  type AssetFieldsFragment,
  type CreateUploadInput,
  type CreateUploadMutation,
  type GetUnfinishedUploadQuery,
} from '../../../graphql/documents.generated';
import type { UserError } from '../../../graphql/request-problem';
import { mutate, type Outcome } from '../../../graphql/useMutation';
import type { SignedPart } from './part-signer';
import { PASSING, UploadRefused } from './upload-failure';

export type StartedUpload = NonNullable<CreateUploadMutation['createUpload']['upload']>;

function accept<TData, TValue>(
  outcome: Outcome<TData>,
  read: (data: TData) => { readonly value: TValue | null; readonly userErrors: readonly UserError[] },
): TValue {
  const refusal = outcome.problem ?? read(outcome.data).userErrors[0];
  if (refusal && PASSING.has(refusal.code)) throw new Error(refusal.message);
  if (refusal) throw new UploadRefused(refusal.message, refusal.code);
  const value = outcome.data ? read(outcome.data).value : null;
  if (value === null) throw new Error('The answer was empty.');
  return value;
}

export async function createUpload(input: CreateUploadInput): Promise<StartedUpload> {
  const outcome = await mutate(CreateUploadDocument, { input });
  return accept(outcome, ({ createUpload: { upload, userErrors } }) => ({ value: upload, userErrors }));
}

export async function signParts(uploadId: string, partNumbers: readonly number[]): Promise<readonly SignedPart[]> {
  const outcome = await mutate(SignUploadPartsDocument, { input: { uploadId, partNumbers: [...partNumbers] } });
  return accept(outcome, ({ signUploadParts: { parts, userErrors } }) => ({ value: parts, userErrors }));
}

export async function completeUpload(uploadId: string): Promise<AssetFieldsFragment> {
  const outcome = await mutate(CompleteUploadDocument, { input: { uploadId } });
  return accept(outcome, ({ completeUpload: { asset, userErrors } }) => ({ value: asset, userErrors }));
}

/** Best effort: what stays behind is swept by the server. */
export async function abortUpload(uploadId: string): Promise<void> {
  await mutate(AbortUploadDocument, { input: { uploadId } });
}

export async function findAsset(id: string): Promise<AssetFieldsFragment | null> {
  const { data } = await client.query({ query: GetAssetStateDocument, variables: { id }, fetchPolicy: 'network-only' });
  return data?.asset ?? null;
}

type UnfinishedUpload = NonNullable<NonNullable<GetUnfinishedUploadQuery['asset']>['upload']>;

/** The upload that a file waits for, with its parts; null when it is over, UNKNOWN when the API cannot be asked. */
export async function findUnfinished(assetId: string): Promise<UnfinishedUpload | null | 'UNKNOWN'> {
  try {
    const { data } = await client.query({ query: GetUnfinishedUploadDocument, variables: { id: assetId }, fetchPolicy: 'network-only' });
    return data?.asset?.upload ?? null;
  } catch {
    return 'UNKNOWN';
  }
}

/** Reads a downloadable anew; every list and page that shows it follows. */
export async function refreshDownloadable(id: string) {
  try {
    const { data } = await client.query({ query: GetDownloadableProgressDocument, variables: { id }, fetchPolicy: 'network-only' });
    return data?.downloadable ?? null;
  } catch {
    return null;
  }
}
