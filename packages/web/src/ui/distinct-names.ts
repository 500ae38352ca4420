interface Named {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

/** Choices of things by their names; of those that share one, the slug tells which is which. */
export function distinctNames(items: readonly Named[]): readonly { readonly value: string; readonly label: string }[] {
  const counts = new Map<string, number>();
  for (const { name } of items) counts.set(name, (counts.get(name) ?? 0) + 1);
  return items.map(({ id, name, slug }) => ({ value: id, label: (counts.get(name) ?? 0) > 1 ? `${name} (${slug})` : name }));
}
