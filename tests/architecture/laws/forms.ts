import { isTest, type Tree } from '../tree';

/** Of these the browser itself speaks: they work without a script, on pages for people outside the house. */
const PLAIN = /^components\/statement-access\/|^app\//;
/** Nothing in it can be wrong. */
const HARMLESS = ['components/ui/search-field.tsx'];

/**
 * What is wrong with a form is said in one language: at the field, in a summary that leads there, never in a bubble of the browser, which
 * speaks another one.
 */
export const formsOfTheirOwn = (tree: Tree): string[] =>
  tree
    .codeIn(['components', 'app'])
    .filter((file) => !isTest(file) && !PLAIN.test(file) && !HARMLESS.includes(file))
    .filter((file) => tree.read(file).includes('<form'))
    .filter((file) => !/<form[\s\S]*?noValidate[\s\S]*?<FormErrorSummary/.test(tree.read(file)))
    .map((file) => `${file}: a form has noValidate, useFormCheck and a FormErrorSummary`);
