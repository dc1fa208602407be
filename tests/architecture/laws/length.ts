import ts from 'typescript';
import { isTest, type Tree, written } from '../tree';

const FILE_LINES = 300;
const FUNCTION_LINES = 60;
const COMPONENT_LINES = 120;

function containsJsx(node: ts.Node): boolean {
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return true;
  return ts.forEachChild(node, (child) => containsJsx(child) || undefined) ?? false;
}

function nameOf(node: ts.Node): string {
  const named = ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent : node;
  const name = 'name' in named ? (named.name as ts.Node | undefined) : undefined;
  return name?.getText() ?? 'a function';
}

function longFunctionsOf(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const lines = lineOf(node.getEnd()) - lineOf(node.getStart()) + 1;
      const limit = file.endsWith('.tsx') && containsJsx(node) ? COMPONENT_LINES : FUNCTION_LINES;
      if (lines > limit) found.push(`${file}:${lineOf(node.getStart()) + 1} ${nameOf(node)} has ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A file is under 300 lines. Split it by noun: a file that became a folder keeps its name. */
export const longFiles = (tree: Tree): string[] =>
  tree
    .codeIn(written)
    .map((file) => ({ file, lines: tree.read(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines >= FILE_LINES)
    .map(({ file, lines }) => `${file} has ${lines} lines; at ${FILE_LINES} it becomes a folder, split by noun`);

/** A function is at most 60 lines, a component 120. */
export const longFunctions = (tree: Tree): string[] =>
  tree
    .codeIn(written)
    .filter((file) => !isTest(file))
    .flatMap((file) => longFunctionsOf(file, tree.read(file)));
