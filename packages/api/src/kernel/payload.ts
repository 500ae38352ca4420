import { Field, ObjectType, type ClassType } from 'type-graphql';
import type { GraphQLScalarType } from 'graphql';
import { Access } from './access.js';
import type { RefusalParams, UserErrorData } from './problem/refusal.js';
import { JSONObject } from './scalars.js';
import { Weight, type FieldWeight } from './limits/weight.js';

@ObjectType('UserError', { description: 'A rule that the input broke.' })
@Access('public')
export class UserErrorType {
  @Field(() => String, { description: 'Stable code for programs.' })
  code!: string;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'What is wrong and what to do, in one sentence.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The input field it concerns.' })
  field!: string | null;

  @Weight({ bytes: 50 })
  @Field(() => JSONObject, { nullable: true, description: 'What a program needs to go on, for example the id of what is in the way.' })
  params?: RefusalParams | null;
}

/** What a mutation answers: its objects under their own names, or the rules that stopped it. */
export type PayloadOf<T extends object> = T & { readonly userErrors: readonly UserErrorData[] };

type FieldType = ClassType | GraphQLScalarType | StringConstructor;

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
  Field(() => [UserErrorType], { description: 'Rules that the input broke; empty on success.' })(PayloadClass.prototype, 'userErrors');
  Weight({ items: 1 })(PayloadClass.prototype, 'userErrors');
  ObjectType(`${name}Payload`, { description: `What ${name.charAt(0).toLowerCase()}${name.slice(1)} answers.` })(PayloadClass);
  Access('public')(PayloadClass);
  // The fields of T were declared on the prototype just above.
  return PayloadClass as unknown as ClassType<PayloadOf<T>>;
}

/** Wraps what a mutation made. */
export function succeed<T extends object>(result: T): PayloadOf<T> {
  return { ...result, userErrors: [] };
}
