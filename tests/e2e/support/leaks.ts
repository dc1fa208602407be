/** What must stand nowhere but where it belongs. Phones are E.164. */
export type Secrets = {
  names: readonly string[];
  phones: readonly string[];
  codes: readonly string[];
  tokens: readonly string[];
  /** Keys and passwords, each under its name. */
  keys: Readonly<Record<string, string>>;
};

const TOKEN = /[A-Za-z0-9_-]{43}/;
const LINK = /\/s\/[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/;
const TOKEN_LENGTH = 43;

const percentDecoded = (written: string) => {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
};

/** Texts of JSON and of addresses as a person reads them. */
const readable = (text: string) =>
  text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded)
    .replace(/\+(?=\p{L})|_(?=\p{L})/gu, ' ');

/** Without marks and capitals, so that a name is found however it was written. */
const folded = (text: string) =>
  readable(text).normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ');

/** Names of one word are words of the language too: only longer ones can be distinguished from other text. */
function namesByFirstWord(names: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of new Set(names.map((written) => folded(written).trim()))) {
    const [first = '', ...rest] = name.split(' ');
    if (rest.length > 0) found.set(first, [...(found.get(first) ?? []), name]);
  }
  return found;
}

/** A Vietnamese number as it may be written without its plus: 84912345678, 0912345678. */
const waysToWrite = (phone: string) => {
  const digits = phone.replace(/\D/g, '');
  return digits.startsWith('84') ? [digits, `0${digits.slice(2)}`] : [digits];
};

export const codesIn = (text: string): string[] => text.match(/(?<![\w-])\d{6}(?![\w-])/g) ?? [];
export const tokensIn = (text: string): string[] =>
  [...text.matchAll(new RegExp(LINK, 'g'))].map(([link]) => link.slice('/s/'.length));

/** Answers a search for these secrets: given a text, the kinds of secret that stand in it. */
export function searchFor({ names, phones, codes, tokens, keys }: Secrets): (text: string) => string[] {
  const byFirstWord = namesByFirstWord(names);
  const numbers = new Set(phones.flatMap(waysToWrite));
  const sent = new Set(codes);
  const known = new Set(tokens);
  const kept = Object.entries(keys);

  const hasName = (text: string) =>
    [...text.matchAll(/(?<![\p{L}\p{N}])\p{L}+/gu)].some(({ 0: word, index }) =>
      byFirstWord
        .get(word)
        ?.some((name) => text.startsWith(name, index) && !/[\p{L}\p{N}]/u.test(text.charAt(index + name.length))),
    );
  const hasPhone = (text: string) =>
    [...text.matchAll(/(?<![0-9A-Za-z])\d{10,12}(?![0-9A-Za-z])/g)].some(([run]) => numbers.has(run));
  // Six digits are also days and amounts: they count where a word says that they are a code.
  const hasCode = (text: string) =>
    [...text.matchAll(/(?:code|otp|\bpin|\bma)[^\p{L}\p{N}]{1,6}(\d{6})(?!\d)/gu)].some(([, code = '']) =>
      sent.has(code),
    );
  const hasToken = (text: string) =>
    LINK.test(text) ||
    (text.match(new RegExp(`${TOKEN.source}[A-Za-z0-9_-]*`, 'g')) ?? []).some((run) =>
      Array.from({ length: run.length - TOKEN_LENGTH + 1 }, (_, at) => run.slice(at, at + TOKEN_LENGTH)).some((part) =>
        known.has(part),
      ),
    );

  return (text) => {
    const plain = folded(text);
    return [
      ...(hasName(plain) ? ['a patient’s name'] : []),
      ...(hasPhone(plain) ? ['a phone'] : []),
      ...(hasCode(plain) ? ['a code'] : []),
      ...(hasToken(text) ? ['a token'] : []),
      ...kept.filter(([, value]) => text.includes(value)).map(([name]) => `the secret ${name}`),
    ];
  };
}
