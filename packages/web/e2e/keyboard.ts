import type { Locator, Page } from '@playwright/test';
import { expect } from './journey.ts';

/** More stops than any page has between two things that somebody does after each other: a list of 25 rows has about 110. */
const MOST_STOPS = 150;

/** Somebody who has no mouse: every step is a key. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes on with Tab until the thing has the focus, as a person would. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(target).toBeVisible();
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`The focus never came to ${target.toString()}.`);
  }

  async press(target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press(key);
  }

  /** Replaces what a field holds. */
  async type(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }

  /** Chooses the option that begins with a text, by typing it. */
  async select(target: Locator, option: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.type(option);
    await expect(target.locator('option:checked')).toHaveText(new RegExp(`^${option}`));
  }

  async attach(target: Locator, paths: string[]): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser'); // from before the keys: the browser is told to hand it over
    await this.tabTo(target);
    await this.page.keyboard.press('Enter');
    await (await choosing).setFiles(paths);
  }

  /** Finds something with the palette and does it. */
  async command(text: string, result: RegExp): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+K');
    await this.page.keyboard.type(text); // at once: nobody waits for the box
    const box = this.page.getByRole('combobox', { name: 'Search or jump to' });
    await expect(box).toHaveValue(text);
    const results = this.page.getByRole('listbox', { name: 'Results' });
    await expect(results).toHaveAttribute('data-searching', 'false'); // what stands there is for the whole text
    await expect(results.getByRole('option').first()).toHaveText(result);
    await this.page.keyboard.press('Enter');
    await expect(box).toHaveCount(0);
  }
}
