const WORDS: Record<'male' | 'female', readonly string[]> = {
  male: ['male', 'm', 'nam', 'nam gioi', 'trai', 'be trai', 'ong', 'anh', 'mr', 'man', 'boy'],
  female: ['female', 'f', 'nu', 'nu gioi', 'gai', 'be gai', 'ba', 'co', 'chi', 'mrs', 'ms', 'miss', 'woman', 'girl'],
};

/**
 * The sex that a cell names, by word or by form of address, without regard to case, accents and a point behind it. Null for all
 * else; `N` is none, since both Vietnamese words begin with it, and neither is a figure: programs number them either way.
 */
export function readSex(text: string): 'male' | 'female' | null {
  const word = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s.]+/g, ' ')
    .trim();
  if (WORDS.male.includes(word)) return 'male';
  return WORDS.female.includes(word) ? 'female' : null;
}
