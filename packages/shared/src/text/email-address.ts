/** E-mail addresses in the form in which they are kept: the domain as DNS has it, in ASCII (RFC 3492, RFC 5891). */

/** Figures of punycode: https://www.rfc-editor.org/rfc/rfc3492#section-5 */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
/** Longer than any label or address; what follows is not looked at, and the rule refuses it by its length. */
const LONGEST_DOMAIN = 255;
const DOTS = /[.\u3002\uff0e\uff61]/;

/** `user@bücher.example` as `user@xn--bcher-kva.example`; an address in ASCII comes back as it is. */
export function asciiEmail(text: string): string {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  if (at < 0 || domain.length > LONGEST_DOMAIN || /^[\0-\x7f]*$/.test(domain)) return text;
  return `${text.slice(0, at)}@${domain.split(DOTS).map(asciiLabel).join('.')}`;
}

function asciiLabel(label: string): string {
  const mapped = label
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC');
  // Only letters, digits and marks are names of hosts; anything else stays, and is refused.
  if (/^[\0-\x7f]*$/.test(mapped) || !/^(?!xn--)[\p{L}\p{N}-][\p{L}\p{N}\p{M}-]*$/u.test(mapped)) return mapped;
  return `xn--${punycode(mapped)}`;
}

function punycode(label: string): string {
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < INITIAL_N);
  let output = basic.length > 0 ? `${String.fromCodePoint(...basic)}-` : '';
  let [delta, bias, handled, from] = [0, INITIAL_BIAS, basic.length, INITIAL_N];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= from));
    delta += (next - from) * (handled + 1);
    for (const point of points) {
      if (point < next) delta += 1;
      if (point !== next) continue;
      output += digitsOf(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    from = next + 1;
  }
  return output;
}

function digitsOf(delta: number, bias: number): string {
  let [rest, digits] = [delta, ''];
  for (let place = BASE; ; place += BASE) {
    const threshold = Math.min(T_MAX, Math.max(T_MIN, place - bias));
    if (rest < threshold) return digits + digit(rest);
    digits += digit(threshold + ((rest - threshold) % (BASE - threshold)));
    rest = Math.floor((rest - threshold) / (BASE - threshold));
  }
}

const digit = (value: number): string => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(value);

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / count);
  let bias = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; bias += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return bias + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
