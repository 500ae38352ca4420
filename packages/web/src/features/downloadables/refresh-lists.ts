import { client } from '../../graphql/client';

/** Asks again for everything on screen, after a change that moves rows in or out of lists. Faults show where the data is shown. */
export async function refreshLists(): Promise<void> {
  try {
    await client.refetchQueries({ include: 'active' });
  } catch {
    // The queries carry their own problem.
  }
}
