import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { codeIn, isTest, read, written } from './tree';

const FILE_LINES = 300;
const FUNCTION_LINES = 60;
const COMPONENT_LINES = 120;

const files = codeIn(written);

function holdsJsx(node: ts.Node): boolean {
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return true;
  return ts.forEachChild(node, (child) => holdsJsx(child) || undefined) ?? false;
}

function nameOf(node: ts.Node): string {
  const named = ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent : node;
  const name = 'name' in named ? (named.name as ts.Node | undefined) : undefined;
  return name?.getText() ?? 'a function';
}

/** The functions of a file that are longer than they may be. */
function tooLong(file: string): string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const lines = lineOf(node.getEnd()) - lineOf(node.getStart()) + 1;
      const limit = file.endsWith('.tsx') && holdsJsx(node) ? COMPONENT_LINES : FUNCTION_LINES;
      if (lines > limit) found.push(`${file}:${lineOf(node.getStart()) + 1} ${nameOf(node)} has ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('length', () => {
  it(`of a file is under ${FILE_LINES} lines`, () => {
    const long = files.map((file) => ({ file, lines: read(file).split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines >= FILE_LINES)).toEqual([]);
  });

  it(`of a function is at most ${FUNCTION_LINES} lines, of a component ${COMPONENT_LINES}`, () => {
    expect(files.filter((file) => !isTest(file)).flatMap(tooLong)).toEqual([]);
  });
});
