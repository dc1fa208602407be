import { describe, expect, it } from 'vitest';
import { isGarbled, isLegacyVietnamese, isVietnamese, oddityOfName } from './vietnamese';

describe('a name typed in a font from before Unicode', () => {
  it.each([
    ...['NguyÔn V¨n B×nh', 'TrÇn ThÞ Hoa', 'Lª ThÞ Mü Duyªn', '§Æng §×nh L\u00adîng', 'Ph¹m Quèc H\u00adng', 'NguyÔn'],
    ...['Nguyeãn Vaên Bình', 'Traàn Thò Hoa', 'Leâ Thò Myõ Duyeân', 'Ñaëng Ñình Löôïng', 'Phaïm Quoác Höng', 'NGUYEÃN'],
  ])('%s is distinguished from Unicode', (name) => expect(isLegacyVietnamese(name)).toBe(true));

  it.each([
    ...['Nguyễn Văn Bình', 'Lê Thị Mỹ Duyên', 'Đặng Đình Lượng', 'Nguyen Van Binh', 'Lê Hòa', 'Bùi Thúy Vũ', 'Lý'],
    ...[
      'Hélène Dupré',
      'José Núñez',
      'André Citroën',
      'Jürgen Müller',
      'Søren Åberg',
      'Zoë',
      'François',
      'Łukasz',
      'Иван',
    ],
  ])('%s is none', (name) => expect(isLegacyVietnamese(name)).toBe(false));

  it('and no syllable of the language is taken for one', () => {
    for (const name of ['Vũ Thị Thúy', 'Đỗ Quyên', 'Phan Thị Mỹ', 'Hồ Ngọc Hà', 'Tô Hoài', 'Lò Thị Mai'])
      expect([isVietnamese(name), isLegacyVietnamese(name)]).toEqual([true, false]);
  });
});

describe('a name that a program wrote for another program', () => {
  it.each([
    ...[
      'Nguy&#7877;n V&#259;n An',
      'Nguy&#x1EC5;n',
      'C\u00f4ng ty An &amp; B\u00ecnh',
      'Nguy%E1%BB%85n',
      'Nguy\\u1ec5n',
      'Nguy=E1=BB=85n',
    ],
    ...['Tr?n', 'L\u00ea\ufffdMai', 'Nguy\u00e1\u00bb\u2026n'],
  ])('%s has lost letters', (name) => expect(isGarbled(name)).toBe(true));

  it.each(['Nguyễn Văn An', 'Công ty An & Bình', 'A&B; C', 'Giảm 50%', 'An = Bình', 'Tên \\u', 'AB%20'])(
    '%s has not',
    (name) => expect(isGarbled(name)).toBe(false),
  );
});

describe('a name in letters that our papers cannot print', () => {
  it.each(['김민수', '李小明', 'สมชาย ใจดี', 'محمد علي', 'Иван Петров', 'Nguy\u0435n Van An', 'Kim Min Su (김민수)'])(
    '%s is of another script, also where a single letter only looks like ours',
    (name) => expect(oddityOfName(name)).toBe('other_script'),
  );

  it.each(['Nguyễn Văn An', 'Nguye\u0302\u0303n', 'Łukasz Ðặng', 'O’Brien-Smith, Jr.', 'Lê № 2 “Bé” 100%', 'Zoë'])(
    '%s is of ours',
    (name) => expect(oddityOfName(name)).toBeNull(),
  );
});
