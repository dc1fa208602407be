const LONE_SURROGATE_SUSPECTED = /\\u[dD][89a-fA-F]/;
/** One escape of a JSON text: a pair of surrogates, a lone one, or anything else. */
const ESCAPE = /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)/gs;

/**
 * JSON as the official server reads it: half a character, which can be neither stored nor signed, becomes U+FFFD. Throws a
 * SyntaxError.
 */
export function parseJsonText(text: string): unknown {
  if (!LONE_SURROGATE_SUSPECTED.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(ESCAPE, (whole, lone: string | undefined) => (lone ? '\\ufffd' : whole)));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep objects and arrays are nested in a JSON text. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < json.length; index++) {
    const char = json[index];
    if (quoted) {
      if (char === '\\') index++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}
