/** Finds texts for people that are written in a component or a module, instead of in the messages. */
import ts from 'typescript';
import { parse } from 'vue/compiler-sfc';

/** Attributes that people read or hear. */
const READ = /^(?:aria-label|label|title|placeholder|alt|text|message|hint|description|legend|suffix)$/;

/** What of Vue's syntax tree is looked at. */
interface TemplateNode {
  readonly type: number;
  /** Of an element. What stands in `<code>` is typed, in any language. */
  readonly tag?: string;
  /** Of a text itself; of `{{ }}` an expression. */
  readonly content?: string | { readonly content?: string };
  readonly props?: readonly TemplateProp[];
  readonly children?: readonly TemplateNode[];
}
interface TemplateProp {
  readonly type: number;
  readonly name: string;
  readonly value?: { readonly content: string };
  readonly arg?: { readonly content?: string };
  readonly exp?: { readonly content?: string };
}
const TEXT = 2;
const MUSTACHE = 5;
const ATTRIBUTE = 6;
const DIRECTIVE = 7;

const hasLetter = (text: string): boolean => /\p{L}/u.test(text);

/** The texts of a component: of its template, of expressions there that people read, and of its script. */
export function textsOfComponent(source: string): readonly string[] {
  const { template, script, scriptSetup } = parse(source).descriptor;
  const found: string[] = [];
  const visit = ({ type, tag, content, props = [], children = [] }: TemplateNode): void => {
    if (type === TEXT && typeof content === 'string' && hasLetter(content)) found.push(content.trim());
    if (type === MUSTACHE && typeof content === 'object') found.push(...textsOfExpression(content.content ?? ''));
    props.forEach((prop) => found.push(...textsOfProp(prop)));
    if (tag !== 'code') children.forEach(visit);
  };
  // Its own types are a package of their own.
  (template?.ast?.children as readonly TemplateNode[] | undefined)?.forEach(visit);
  return [...found, ...textsOfModule(script?.content ?? ''), ...textsOfModule(scriptSetup?.content ?? '')];
}

function textsOfProp({ type, name, value, arg, exp }: TemplateProp): readonly string[] {
  if (type === ATTRIBUTE) return READ.test(name) && hasLetter(value?.content ?? '') ? [value?.content ?? ''] : [];
  if (type !== DIRECTIVE || exp?.content === undefined) return [];
  if (name === 'bind' && READ.test(arg?.content ?? '')) return textsOfExpression(exp.content);
  return textsOfModule(`(${exp.content})`);
}

/** Of an expression that is shown, every text in it; what is only compared or looked up is none. */
const textsOfExpression = (expression: string): readonly string[] =>
  writtenIn(`(${expression})`, (text, node) => (isNameOf(node) ? readsLikeWords(text) : hasLetter(text)));

/** What is handed to a function is often a name: `at('email')`; what it counts is shown. */
const isNameOf = ({ parent }: ts.Node): boolean => ts.isCallExpression(parent) && !parent.expression.getText().startsWith('count');

/** Of code that may do anything, what reads like words: a capital that goes on, or words with a space between. */
export const textsOfModule = (source: string): readonly string[] => writtenIn(source, readsLikeWords);

function readsLikeWords(text: string): boolean {
  const words = text.trim();
  if (/^\p{Lu}\p{Ll}+[….,:?!]?$/u.test(words)) return true;
  return /[\p{L}\d),.:;]\s+\p{L}/u.test(words) && !isForMachines(words);
}

/** Classes, selectors, paths, commands: some word of them is like no word of a sentence. */
const isForMachines = (text: string): boolean =>
  !/[.?!]$/.test(text) && /[a-z]-[a-z\d]|[a-z]:[a-z]|\d\p{L}|\p{L}\d|[[\]>*#]|\.\/|\s--?[a-z]/iu.test(text);

function writtenIn(source: string, isText: (text: string, node: ts.Node) => boolean): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isForNobody(node)) return;
    if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && !isCompared(node)) {
      const text = ts.isTemplateExpression(node) ? wordsOf(node) : node.text;
      if (isText(text, node)) found.push(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

/** `` `Step ${step} of 3` `` as "Step of 3": what is filled in says nothing. */
const wordsOf = ({ head, templateSpans }: ts.TemplateExpression): string =>
  [head.text, ...templateSpans.map(({ literal }) => literal.text)].join('');

/** Imports and types are no texts, and what a fault says is for a log. */
const isForNobody = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  ts.isTypeNode(node) ||
  (ts.isNewExpression(node) && /(?:Error|Fault)$/.test(node.expression.getText())) ||
  (ts.isCallExpression(node) && /^super$|\.(?:startsWith|includes|endsWith)$/.test(node.expression.getText())) ||
  (ts.isPropertyName(node) && 'name' in node.parent && node.parent.name === node && ts.isStringLiteral(node));

const COMPARISONS = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken, ts.SyntaxKind.InKeyword]);

const isCompared = ({ parent }: ts.Node): boolean =>
  (ts.isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind)) ||
  ts.isElementAccessExpression(parent) ||
  ts.isCaseClause(parent);
