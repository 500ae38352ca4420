import { expect, it } from 'vitest';
import { answerText, denialOf, httpAnswerOf, httpRefusalOf } from './http-answer';

const problem = {
  code: 'AUTH_REQUIRED',
  message: 'Sign in.',
  requestId: 'R1',
  isNetwork: false,
  details: { params: {}, remedy: 'SIGN_IN' },
};

it('a program that is up to date reads the newest version in a header, and no body', () => {
  const current = { version: '2.4.0', isRelease: true, isWithdrawn: false, withdrawReason: null };
  const checked = { status: 'UP_TO_DATE', latestVersion: '2.4.0', current, release: null, refusedVersion: null, refusal: null } as const;
  const answer = httpAnswerOf(checked);
  expect([answer.status, answer.body]).toEqual(['204 No Content', null]);
  expect(answerText(answer)).toMatch(/^HTTP\/1\.1 204 No Content\n(?:.+\n)*X-Latest-Version: 2\.4\.0$/);
});

it('a program without a key is asked for one, in the vendor’s name', () => {
  const answer = httpRefusalOf('AUTH_REQUIRED', problem, 'Müller "Tools"');
  expect(answer.status).toBe('401 AUTH_REQUIRED: send your license key, or sign in');
  expect(answer.headers).toContainEqual(['WWW-Authenticate', 'Basic realm="Muller Tools"']);
  expect(JSON.parse(answer.body ?? '')).toMatchObject({ status: 401, code: 'AUTH_REQUIRED', remedy: 'SIGN_IN', requestId: 'R1' });
});

it('a program whose license is for another product is not asked for a password', () => {
  const answer = httpRefusalOf('PRODUCT_NOT_LICENSED', { ...problem, code: 'PRODUCT_NOT_LICENSED' }, 'Northwind');
  expect(answer.status).toMatch(/^403 /);
  expect(answer.headers.map(([name]) => name)).not.toContain('WWW-Authenticate');
});

it('only the code of a decision is a refusal', () => {
  expect([denialOf({ code: 'AUTH_REQUIRED' }), denialOf({ code: 'INTERNAL' })]).toEqual(['AUTH_REQUIRED', null]);
});
