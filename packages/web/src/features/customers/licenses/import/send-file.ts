/** Sends a file of licenses to be checked. */
export type SentFile = { readonly id: string; readonly problem: null } | { readonly id: null; readonly problem: string };

const UNREACHABLE = 'The server could not be reached: check the connection, then send the file again.';

export async function sendFile(file: File): Promise<SentFile> {
  const query = new URLSearchParams({ fileName: file.name.slice(-200) });
  try {
    const reply = await fetch(`/api/v1/license-imports?${query.toString()}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'text/csv' },
      body: file,
    });
    const answer = (await reply.json()) as { id?: string; detail?: string }; // the route's own answer, or problem+json
    return answer.id === undefined ? { id: null, problem: answer.detail ?? UNREACHABLE } : { id: answer.id, problem: null };
  } catch {
    return { id: null, problem: UNREACHABLE };
  }
}
