/** The first characters of a text. Each has at most two UTF-16 units: only what can be kept is taken apart, however long the text is. */
export function firstCharacters(text: string, count: number): string {
  return text.length <= count
    ? text
    : Array.from(text.slice(0, 2 * count))
        .slice(0, count)
        .join('');
}
