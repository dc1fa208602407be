/**
 * Changes that no test could tell from what stands there, each with the reason. They are not tried.
 * @type {{ file: RegExp, what: RegExp, reason: string }[]}
 */
export const EQUIVALENT = [];

/** The reason why a mutant changes nothing that anybody could see; null for all others. @param {import('./targets.mjs').Mutant} mutant */
export function equivalent({ file, what }) {
  return EQUIVALENT.find((known) => known.file.test(file) && known.what.test(what))?.reason ?? null;
}
