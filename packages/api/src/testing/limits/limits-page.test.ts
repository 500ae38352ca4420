import { expect, it } from 'vitest';
import { LIMITS, type Limit } from '../../kernel/limits/limits.js';

const range = ({ least, most }: Limit): string =>
  `${least === undefined ? '' : `${least.toLocaleString('en')} to `}${most.toLocaleString('en')}`;
const row = (limit: Limit): string => `| ${limit.what} | ${range(limit)} ${limit.unit} | ${limit.why} |`;

const page = `# Limits

Whoever goes past one of these gets a sentence that names the limit and what fits. Written from
\`packages/api/src/kernel/limits/limits.ts\` by \`pnpm --filter @slipway/api vitest run limits-page -u\`.

| what | at most | why |
| --- | --- | --- |
${Object.values(LIMITS).map(row).join('\n')}
`;

it('the page about limits says what the table says', async () => {
  await expect(page).toMatchFileSnapshot('../../../../../docs/limits.md');
});
