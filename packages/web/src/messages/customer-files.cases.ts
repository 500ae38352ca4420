/** Which files of the web app customers get to see: what their pages load, now or later, along the imports. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parse } from 'vue/compiler-sfc';

const src = fileURLToPath(new URL('../', import.meta.url));
const ROUTER = 'router.ts';
/** What is for staff on pages of both: the console's own words stay where they are shown. */
const FOR_STAFF = new Set(['shell/AdminShell.vue', 'features/portal/LensBanner.vue', 'features/portal/MissingLens.vue']);

/** The files that are reached from the routes that are not for staff, by their paths in `src`. */
export function customerFiles(): readonly string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || FOR_STAFF.has(file)) return;
    seen.add(file);
    for (const path of file === ROUTER ? importsOfRouter() : importsOf(scriptOf(file))) {
      const found = pathOf(file, path);
      if (found !== null) visit(found);
    }
  };
  visit('main.ts');
  return [...seen].sort();
}

function scriptOf(file: string): ts.SourceFile {
  const text = readFileSync(src + file, 'utf8');
  if (!file.endsWith('.vue')) return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const { script, scriptSetup } = parse(text).descriptor;
  return ts.createSourceFile(file, `${script?.content ?? ''}\n${scriptSetup?.content ?? ''}`, ts.ScriptTarget.Latest, true);
}

/** Where an import leads in `src`; null: to a package. */
function pathOf(file: string, path: string): string | null {
  if (!path.startsWith('.')) return null;
  const base = join(dirname(file), path);
  return ['', '.ts'].map((end) => base + end).find((found) => /\.(?:ts|vue)$/.test(found) && existsSync(src + found)) ?? null;
}

const isForStaff = (node: ts.Node): boolean =>
  ts.isObjectLiteralExpression(node) && node.properties.some((property) => property.getText() === "path: '/admin'");

function importsOf(source: ts.Node): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isForStaff(node)) return;
    if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly && ts.isStringLiteral(node.moduleSpecifier))
      found.push(node.moduleSpecifier.text);
    const [argument] = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
    if (argument && ts.isStringLiteral(argument)) found.push(argument.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Of the router: parts that only pages of staff are given are declared beside those of customers, so a declaration counts where it is used. */
function importsOfRouter(): readonly string[] {
  const source = scriptOf(ROUTER);
  const used = new Set<string>();
  const note = (node: ts.Node): void => {
    if (isForStaff(node)) return;
    if (ts.isIdentifier(node) && !ts.isVariableDeclaration(node.parent)) used.add(node.text);
    ts.forEachChild(node, note);
  };
  note(source);
  return source.statements.flatMap((statement) => {
    const names = ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(({ name }) => name.getText()) : [];
    return names.some((name) => !used.has(name) && name !== 'router') ? [] : importsOf(statement);
  });
}
