/** Whether the journeys run in their heavy form, as in `pnpm prove`: real sizes, every width in both themes. Their steps and what they expect are the same. */
export const isHeavy = process.env['PROVE'] !== undefined;
