import { Field, ObjectType, type ClassType } from 'type-graphql';
import type { GraphQLScalarType } from 'graphql';
import { Access } from './access.js';
import type { RefusalParams, UserErrorData } from './problem/refusal.js';
import { ErrorCodeEnum } from './problem/error-code.enum.js';
import type { ErrorCode } from './problem/error-codes.js';
import { JSONObject } from './scalars.js';
import { Weight, type FieldWeight } from './limits/weight.js';

@ObjectType('UserError', { description: 'An error caused by the input of a mutation.' })
@Access('public')
export class UserErrorType {
  @Field(() => ErrorCodeEnum, { description: 'The code of the error, for programs. `docs/errors.md` explains every code.' })
  code!: ErrorCode;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'One sentence that says what is wrong and what to do.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The input field that caused the error, if it was a single one.' })
  field!: string | null;

  @Weight({ bytes: 50 })
  @Field(() => JSONObject, { nullable: true, description: 'Details for programs, for example the ID of a conflicting object.' })
  params?: RefusalParams | null;
}

/** What a mutation answers: its objects under their own names, or the rules that stopped it. */
export type PayloadOf<T extends object> = T & { readonly userErrors: readonly UserErrorData[] };

type FieldType = ClassType | GraphQLScalarType | StringConstructor | BooleanConstructor;

interface PayloadField {
  readonly type: () => FieldType | [FieldType];
  readonly description: string;
  /** What it usually adds to an answer; for lists, and for texts that may be long. */
  readonly weight?: FieldWeight;
}

/** The payload type of one mutation, in the house's one shape. @param name of the mutation, for example "CreateProduct" */
export function payloadType<T extends object>(name: string, fields: { readonly [K in keyof T]-?: PayloadField }): ClassType<PayloadOf<T>> {
  class PayloadClass {
    userErrors!: readonly UserErrorData[];
  }
  for (const key of Object.keys(fields)) {
    // Object.keys forgets that these are the keys of `fields`.
    const field = fields[key as keyof T];
    Field(field.type, { nullable: true, description: field.description })(PayloadClass.prototype, key);
    if (field.weight) Weight(field.weight)(PayloadClass.prototype, key);
  }
  Field(() => [UserErrorType], { description: 'Errors caused by the input. Empty on success.' })(PayloadClass.prototype, 'userErrors');
  Weight({ items: 1 })(PayloadClass.prototype, 'userErrors');
  ObjectType(`${name}Payload`, { description: `The result of ${name.charAt(0).toLowerCase()}${name.slice(1)}.` })(PayloadClass);
  Access('public')(PayloadClass);
  // The fields of T were declared on the prototype just above.
  return PayloadClass as unknown as ClassType<PayloadOf<T>>;
}

/** Wraps what a mutation made. */
export function succeed<T extends object>(result: T): PayloadOf<T> {
  return { ...result, userErrors: [] };
}
