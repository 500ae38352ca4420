import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a command to its good end. @returns seconds @throws Error with what it printed */
export async function runTimed(command: string, given: readonly string[]): Promise<number> {
  const begun = performance.now();
  const child = spawn(command, given, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${output.slice(0, 1_000)}`);
  return (performance.now() - begun) / 1_000;
}
