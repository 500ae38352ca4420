import { accentOf, accentProperties, DEFAULT_ACCENT, shownLogoSize, type AccentTokens, type Settings } from '@slipway/shared';
import { logoPath, type StoredLogo } from './vendor-logos.js';

/** Pages with the vendor's brand; the console has Slipway's. */
const BRANDED = "html[data-brand='vendor']";

function ruleOf(selector: string, tokens: AccentTokens): string {
  const lines = Object.entries(accentProperties(tokens)).map(([name, color]) => `${name}:${color}`);
  return `${selector}{${lines.join(';')}}`;
}

/** Draws the logo until the page has one of its own, in the room that that one will take. */
function markRules(logo: StoredLogo): string {
  const { width, height } = shownLogoSize(logo);
  const mark = `${BRANDED} [data-mark='first']`;
  const drawn = `width:${width}px;height:${height}px;background:url(${logoPath(logo.digest)}) center/contain no-repeat`;
  return `${mark}>svg{display:none}${mark}::before{content:'';flex:none;${drawn}}`;
}

/** What the vendor's brand adds to the styles of the web app; empty without one. Loaded with them, so that no other brand is seen before. */
export function vendorStyle({ accentColor }: Pick<Settings, 'accentColor'>, logo: StoredLogo | null): string {
  const accent = accentOf(accentColor);
  const colors =
    accentColor === DEFAULT_ACCENT
      ? ''
      : `${ruleOf(BRANDED, accent.light)}@media screen{${ruleOf(`${BRANDED}[data-theme='dark']`, accent.dark)}}`;
  return `${colors}${logo ? markRules(logo) : ''}`;
}
