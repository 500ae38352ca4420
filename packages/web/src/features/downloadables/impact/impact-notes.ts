import { client } from '../../../graphql/client';
import { PreviewImpactDocument } from '../../../graphql/documents.generated';
import { impactNote, type ImpactSums, type NotedChange } from '../../../messages/impact';

interface FirstPart {
  readonly sums: ImpactSums;
  /** There are no other licenses. */
  readonly isWhole: boolean;
}

/** The first part of an impact: one request, however many licenses there are. @throws when it cannot be asked */
async function askFirstPart(downloadableId: string, change: NotedChange): Promise<FirstPart> {
  const variables = { input: { release: { downloadableId, change } } };
  const { data } = await client.query({ query: PreviewImpactDocument, variables, fetchPolicy: 'no-cache' });
  if (!data) throw new Error('The impact is missing from the answer.');
  const { tallies, endCursor } = data.previewImpact;
  const sums = { GAINS: 0, KEEPS: 0, LOSES: 0, STAYS_WITHOUT: 0 };
  for (const { effect, count } of tallies) sums[effect] += count;
  return { sums, isWhole: endCursor == null };
}

/** What a change does, in a few words; without a number where none is to be had. */
export async function askImpactNote(downloadableId: string, change: NotedChange): Promise<string> {
  return impactNote(change, await askFirstPart(downloadableId, change).catch(() => null));
}

/** Whether hiding a release takes it from a license, or may: who decides sees whom first. */
export async function takesAccess(downloadableId: string): Promise<boolean> {
  try {
    const { sums, isWhole } = await askFirstPart(downloadableId, 'UNPUBLISH');
    return sums.LOSES > 0 || !isWhole;
  } catch {
    return true; // the dialog says what is wrong
  }
}
