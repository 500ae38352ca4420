import { NEWS_CHOICE_TEXTS, NEWS_CHOICES, type NewsChoice } from '@slipway/shared';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { Weight } from '../../kernel/limits/weight.js';
import { DateTime } from '../../kernel/scalars.js';
import type { Product } from '../products/product.entity.js';

const NewsChoiceEnum = Object.fromEntries(NEWS_CHOICES.map((choice) => [choice, choice])) as Record<NewsChoice, NewsChoice>; // the keys are exactly the choices
registerEnumType(NewsChoiceEnum, {
  name: 'NewsChoice',
  description: 'What somebody wants to hear of new releases by mail.',
  valuesConfig: Object.fromEntries(NEWS_CHOICES.map((choice) => [choice, { description: NEWS_CHOICE_TEXTS[choice].hint }])),
});

@ObjectType('ProductNotificationChoice', { description: 'What somebody wants to hear of one product.' })
@Access('public')
export class ProductChoiceType {
  @Field(() => ID, { description: 'The ID of the product.' })
  productId!: string;

  @Field(() => String, { description: 'The name of the product.' })
  name!: string;

  @Field(() => NewsChoiceEnum, { nullable: true, description: 'What was chosen for this product. Null: as for all products.' })
  choice!: NewsChoice | null;
}

@ObjectType('NewsFeed', { description: 'The Atom feed of a person, for a feed reader.' })
@Access('public')
export class NewsFeedType {
  @Field(() => DateTime, { description: 'When its present address was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was last read, to the hour. Null if it was not.' })
  lastReadAt!: Date | null;
}

@ObjectType('AddressRefusal', { description: 'That a mail server refused an address for good.' })
@Access('public')
export class AddressRefusalType {
  @Field(() => DateTime, { description: 'When a server first refused the address.' })
  since!: Date;

  @Weight({ bytes: 100 })
  @Field(() => String, { description: 'The words of the server.' })
  answer!: string;
}

@ObjectType('NotificationChoices', { description: 'What the reader of an e-mail address wants to hear of new releases.' })
@Access('public')
export class NotificationChoicesType {
  @Field(() => String, { description: 'The e-mail address that the choices are for.' })
  address!: string;

  @Field(() => NewsChoiceEnum, { description: 'What holds for every product that nothing else was chosen for.' })
  general!: NewsChoice;

  @Weight({ items: 10 })
  @Field(() => [ProductChoiceType], { description: 'The products that the person has licenses of, by name.' })
  products!: ProductChoiceType[];

  @Field(() => AddressRefusalType, {
    nullable: true,
    description: 'That the address takes no mail, so that none about releases goes there. Null if nothing is known of that.',
  })
  refusal!: AddressRefusalType | null;

  @Field(() => NewsFeedType, {
    nullable: true,
    description: 'The person’s feed. Null without one, and when reached by the link of a mail.',
  })
  feed!: NewsFeedType | null;
}

@InputType('ProductNotificationChoiceInput', { description: 'What to hear of one product.' })
export class ProductChoiceInput {
  @Field(() => ID, { description: 'The ID of a product that the person has a license of.' })
  productId!: string;

  @Field(() => NewsChoiceEnum, { nullable: true, description: 'What to hear of it. Null: as for all products.' })
  choice?: NewsChoice | null;
}

@InputType('UpdateNotificationChoicesInput', { description: 'Choices to change. Omitted ones stay as they are.' })
export class UpdateNotificationChoicesInput {
  @Field(() => String, { nullable: true, description: 'The last part of the unsubscribe link of a mail. Omit it to change your own.' })
  token?: string | null;

  @Field(() => NewsChoiceEnum, { nullable: true, description: 'What to hear of every product that nothing else is chosen for.' })
  general?: NewsChoice | null;

  @Field(() => [ProductChoiceInput], { nullable: true, description: 'What to hear of single products, at most 100.' })
  products?: ProductChoiceInput[] | null;
}

@InputType('ClearAddressRefusalInput', { description: 'Whose address takes mail again. Give exactly one of the two.' })
export class ClearAddressRefusalInput {
  @Field(() => ID, { nullable: true, description: 'The ID of a customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of a person.' })
  userId?: string | null;
}

/** A product as far as choices name it. */
export type ChosenProduct = Pick<Product, 'id' | 'name'>;
