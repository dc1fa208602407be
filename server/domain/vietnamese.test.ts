import { describe, expect, it } from 'vitest';
import { isLegacyVietnamese, isVietnamese } from './vietnamese';

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
