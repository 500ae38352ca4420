import { registerEnumType } from 'type-graphql';
import { ERROR_CODES, type ErrorCode } from './error-codes.js';

const codes = Object.keys(ERROR_CODES) as ErrorCode[]; // the keys are exactly the codes

/** Every code of a user error, each with its cause as its description. */
export const ErrorCodeEnum = Object.fromEntries(codes.map((code) => [code, code])) as Readonly<Record<ErrorCode, ErrorCode>>;
registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description: 'The reason why an input or a download was rejected.',
  valuesConfig: Object.fromEntries(codes.map((code) => [code, { description: ERROR_CODES[code].cause }])),
});
