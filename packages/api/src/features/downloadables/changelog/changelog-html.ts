import { renderChangelog } from './changelog.js';
import type { Revision } from '../revision.entity.js';

/** All that is kept at once, in characters of Markdown and HTML: several hundred of the longest changelogs. */
const KEPT_CHARACTERS = 16_000_000;

interface Rendered {
  readonly markdown: string;
  readonly html: string;
}

/**
 * HTML of changelogs, rendered once per revision and kept; what was not asked for the longest goes first. A draft whose text
 * has changed is rendered anew. Rendering does not wait, so requests that ask at once share it.
 */
export class RevisionHtml {
  readonly #kept = new Map<string, Rendered>();
  #characters = 0;
  #renderings = 0;

  constructor(private readonly room = KEPT_CHARACTERS) {}

  /** How many times Markdown was rendered. */
  get renderings(): number {
    return this.#renderings;
  }

  of({ id, changelog: markdown }: Pick<Revision, 'id' | 'changelog'>): string {
    const known = this.#kept.get(id);
    if (known) this.#drop(id, known);
    const rendered = known?.markdown === markdown ? known : this.#render(markdown);
    this.#keep(id, rendered);
    return rendered.html;
  }

  #render(markdown: string): Rendered {
    this.#renderings += 1;
    return { markdown, html: renderChangelog(markdown) };
  }

  #keep(id: string, rendered: Rendered): void {
    this.#kept.set(id, rendered);
    this.#characters += lengthOf(rendered);
    for (const [oldest, its] of this.#kept) {
      if (this.#characters <= this.room) return;
      this.#drop(oldest, its);
    }
  }

  #drop(id: string, rendered: Rendered): void {
    this.#kept.delete(id);
    this.#characters -= lengthOf(rendered);
  }
}

const lengthOf = ({ markdown, html }: Rendered): number => markdown.length + html.length;

/** The one of this process: what it holds follows from the texts alone. */
export const revisionHtml = new RevisionHtml();
