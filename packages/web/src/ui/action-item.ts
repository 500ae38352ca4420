import type { Component } from 'vue';

/** One line of a menu. */
export interface ActionItem<TItem extends string = string> {
  readonly key: TItem;
  readonly label: string;
  readonly icon: Component;
  readonly isDangerous?: boolean;
  /** What it does, in a few words below its name. */
  readonly note?: string | undefined;
}
