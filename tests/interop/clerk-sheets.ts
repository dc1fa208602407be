import { workbookParts, zipOf } from '@/server/integrations/spreadsheet/zip-fixture';
import {
  book,
  type ClerkSheet,
  cell,
  csv,
  escaped,
  inline,
  inlineRow,
  number,
  on,
  one,
  ROW,
  row,
  SERIAL,
  TITLES,
  text,
  typed,
  utf16,
  VIETNAMESE,
  windows1258,
  withCells,
  wrong,
} from './clerk-dress';

/** Sheets as clerks of Vietnamese clinics send them: made here, each the same order in another dress. */

const files: ClerkSheet[] = [
  ['Excel, CSV UTF-8 (a mark before the text)', csv({ before: '\ufeff' }), one],
  ['Excel, CSV of a Vietnamese Windows (semicolons)', csv({ separator: ';', before: '\ufeff' }), one],
  ['Excel, Unicode text (UTF-16, tabs)', utf16(text({ separator: '\t' })), one],
  ['Excel, UTF-16 the other way round', utf16(text({ separator: '\t' })).swap16(), one],
  ['an old program, Windows-1258', windows1258(text({ titles: VIETNAMESE })), one],
  ['an old program, Windows-1258 and semicolons', windows1258(text({ separator: ';' })), one],
  ['Excel for Mac, line ends of the old kind', csv({ end: '\r' }), one],
  ['LibreOffice, line ends of Linux', csv({ end: '\n' }), one],
  ['titles pasted from a Mac above rows of Windows', Buffer.from(text({}).replace('\r\n', '\r')), one],
  [
    'rows of three systems pasted together',
    Buffer.from(`${text({ end: '\r\n' }) + text({ rows: [withCells({ external_ref: 'R2' })] }).split('\r\n')[1]}\r`),
    one,
    { number: 3, externalRef: 'R2' },
  ],
  ['a first line that names the separator', csv({ before: 'sep=;\r\n', separator: ';' }), one],
  ['Google Sheets, no line end behind the last row', Buffer.from(text({}).trimEnd()), one],
  ['Vietnamese titles', csv({ titles: VIETNAMESE }), one],
  ['Vietnamese titles in capitals', csv({ titles: VIETNAMESE.map((title) => title.toUpperCase()) }), one],
  [
    'Vietnamese titles without accents',
    csv({
      titles: [
        'Ma phieu',
        'Chi nhanh',
        'Ngay chi dinh',
        'Ho va ten',
        'Ngay sinh',
        'Gioi tinh',
        'SDT',
        'Dich vu',
        'Ghi chu',
      ],
    }),
    one,
  ],
  ['titles and names from a Mac (decomposed)', Buffer.from(text({ titles: VIETNAMESE }).normalize('NFD')), one],
  [
    'titles with spaces that do not break',
    csv({ titles: VIETNAMESE.map((title) => `\u00a0${title.replaceAll(' ', '\u00a0')} `) }),
    one,
  ],
  ['titles over two lines', csv({ titles: VIETNAMESE.map((title) => title.replace(' ', '\n')) }), one],
  ['titles with stars for what is required', csv({ titles: VIETNAMESE.map((title) => `${title} (*)`) }), one],
  ['columns in another order', csv({ titles: [...TITLES].reverse(), rows: [[...ROW].reverse()] }), one],
  [
    'a running number before, and empty columns behind',
    csv({ titles: ['STT', ...TITLES, '', ''], rows: [['1', ...ROW, '', '']] }),
    one,
  ],
  [
    'a heading of three lines above',
    csv({ before: 'PHÒNG KHÁM ABC,,,,,,,,\r\n"Địa chỉ: 1 Lê Lợi, Q1",,,,,,,,\r\n\r\n' }),
    { number: 5 },
  ],
  [
    'blank rows between',
    csv({ rows: [[''], ROW, ['', '', ''], withCells({ external_ref: 'R2' })] }),
    { number: 3 },
    { number: 5, externalRef: 'R2' },
  ],
  [
    'a note over two lines',
    csv({ rows: [withCells({ note: 'khám\nlần 2' }), withCells({ external_ref: 'R2' })] }),
    { number: 2, note: 'khám\nlần 2' },
    { number: 3, externalRef: 'R2' },
  ],
];

const cells: ClerkSheet[] = [
  ['one-digit day and month', cell({ ordered_at: '9/1/2026 8:05' }), on('2026-01-09 08:05')],
  ['a time with seconds', cell({ ordered_at: '09/10/2026 16:07:45' }), one],
  ['a time of twelve hours', cell({ ordered_at: '09/10/2026 4:07 PM' }), { ...one, warning: 'am_pm' }],
  ['a time of a Vietnamese Windows', cell({ ordered_at: '09/10/2026 4:07:00 CH' }), one],
  ['a time with h', cell({ ordered_at: '09/10/2026 16h07' }), one],
  ['the time before the day', cell({ ordered_at: '16:07 09/10/2026' }), one],
  ['a day with hyphens', cell({ ordered_at: '09-10-2026 16:07' }), one],
  ['a day with points', cell({ ordered_at: '09.10.2026 16:07' }), one],
  ['a day alone', cell({ ordered_at: '09/10/2026' }), on('2026-10-09 00:00')],
  ['a moment in universal time', cell({ ordered_at: '2026-10-09T09:07:00.000Z' }), one],
  ['a moment with the offset of Vietnam', cell({ ordered_at: '2026-10-09T16:07:00+07:00' }), one],
  ['a month before the day', cell({ ordered_at: '10/13/2026' }), wrong('ordered_at bad_date')],
  ['a serial day that lost its format', cell({ ordered_at: SERIAL }), wrong('ordered_at bad_date')],
  ['a year of birth of two digits', cell({ patient_dob: '1/3/90' }), one],
  ['a child’s year of birth of two digits', cell({ patient_dob: '1/3/20' }), { number: 2, dob: '2020-03-01' }],
  ['a year of birth alone', cell({ patient_dob: '1990' }), wrong('patient_dob bad_date')],
  ['Nam', cell({ patient_sex: 'Nam' }), { number: 2, sex: 'male' }],
  ['NỮ from a Mac', cell({ patient_sex: 'NỮ'.normalize('NFD') }), one],
  ['nu', cell({ patient_sex: 'nu' }), one],
  ['F', cell({ patient_sex: 'F' }), one],
  ['Bà', cell({ patient_sex: 'Bà' }), one],
  ['a sex of one letter that may be both', cell({ patient_sex: 'N' }), wrong('patient_sex bad_sex')],
  ['a phone with an apostrophe before it', cell({ patient_phone: "'0912345678" }), one],
  ['a phone with spaces', cell({ patient_phone: '0912 345 678' }), one],
  ['a phone with points', cell({ patient_phone: '0912.345.678' }), one],
  ['a phone that lost its nought', cell({ patient_phone: '912345678' }), one],
  ['a phone with the country before it', cell({ patient_phone: '+84 912 345 678' }), one],
  ['a phone in powers of ten', cell({ patient_phone: '9.12E+08' }), wrong('patient_phone bad_phone')],
  ['spaces behind every cell', csv({ rows: [ROW.map((value) => `${value}  `)] }), one],
  ['spaces that do not break around cells', csv({ rows: [ROW.map((value) => `\u00a0${value}\u00a0`)] }), one],
  [
    'a name that was read as another alphabet before',
    cell({ patient_name: 'Nguyá»…n Thá»‹ Hoa' }),
    { number: 2, name: 'Nguyá»…n Thá»‹ Hoa', warning: 'garbled_name' },
  ],
  [
    'a name whose letters became question marks',
    cell({ patient_name: 'Nguy?n Th? Hoa' }),
    { number: 2, name: 'Nguy?n Th? Hoa', warning: 'garbled_name' },
  ],
  [
    'a discount as a share of one',
    csv({ titles: [...TITLES, 'discount_percent'], rows: [[...ROW, '0.1']] }),
    { number: 2, warning: 'small_discount' },
  ],
  [
    'a discount of half a percent, with its sign',
    csv({ titles: [...TITLES, 'discount_percent'], rows: [[...ROW, '0.5%']] }),
    one,
  ],
  ['a failed formula', cell({ patient_name: '#N/A' }), wrong('patient_name formula_error')],
  ['a comma in a note without quotes', Buffer.from(`${text({}).trimEnd()}, lần 2\r\n`), wrong('note more_cells')],
  [
    'empty cells behind every row but the titles',
    Buffer.from(`${text({}).trimEnd()},,\r\n`),
    { number: 2, warning: 'more_cells' },
  ],
];

const books: ClerkSheet[] = [
  ['Excel, all cells text', typed({}), one],
  ['Excel, real dates', typed({ ordered_at: number(SERIAL, 2), patient_dob: number('32933', 1) }), one],
  [
    'Excel for Mac, dates of 1904',
    typed({ ordered_at: number('44842.671527777777', 2), patient_dob: number('31471', 1) }, { date1904: true }),
    one,
  ],
  [
    'Excel, a reference of eighteen digits as a number',
    typed({ external_ref: number('123456789012345680') }),
    wrong('external_ref lost_digits'),
  ],
  [
    'Excel, a reference of fifteen digits as a number',
    typed({ external_ref: number('123456789012345') }),
    { number: 2, externalRef: '123456789012345' },
  ],
  [
    'Excel, rows that a filter hides',
    book(inlineRow(TITLES) + inlineRow(ROW).replace('<row', '<row hidden="1"')),
    { number: 2, warning: 'hidden_row' },
  ],
  [
    'Excel, a column whose title is merged with the one before',
    book(inlineRow([...TITLES, '']) + inlineRow([...ROW, 'cash'])),
    { number: 2, warning: 'untitled_cell' },
  ],
  ['Excel, phones as numbers', typed({ patient_phone: number('912345678') }), one],
  [
    'Excel, phones as numbers shown with their nought',
    typed({ patient_phone: number('912345678', 5) }, { formats: ['0000000000'] }),
    one,
  ],
  [
    'Excel, a reference shown with its noughts',
    typed({ external_ref: number('7', 5) }, { formats: ['0000'] }),
    { number: 2, externalRef: '0007' },
  ],
  [
    'Excel, a reference shown behind letters',
    typed({ external_ref: number('7', 5) }, { formats: ['&quot;KH-&quot;000'] }),
    { number: 2, externalRef: 'KH-007' },
  ],
  [
    'Excel, a reference shown behind letters and before a sign',
    typed({ external_ref: number('12', 5) }, { formats: ['&quot;P&quot;0\\-&quot;X&quot;'] }),
    { number: 2, externalRef: 'P12-X' },
  ],
  [
    'Excel, a date with the name of its month',
    typed({ patient_dob: number('32933', 5) }, { formats: ['[$-42A]dd mmmm yyyy;@'] }),
    one,
  ],
  [
    'Excel, strings in their table',
    book(inlineRow(TITLES) + row(ROW.map((_, index) => `<c t="s"><v>${index}</v></c>`)), {
      strings: ROW.map((value) => `<si><t>${escaped(value)}</t></si>`).join(''),
    }),
    one,
  ],
  [
    'Excel, a name half in bold',
    typed({ patient_name: '<c t="inlineStr"><is><r><rPr><b/></rPr><t>Nguyễn </t></r><r><t>Thị Hoa</t></r></is></c>' }),
    one,
  ],
  [
    'Excel, formulas with their results',
    typed({ patient_name: '<c t="str"><f>PROPER(A9)</f><v>Nguyễn Thị Hoa</v></c>' }),
    one,
  ],
  [
    'a library, formulas without results',
    typed({ patient_name: '<c><f>PROPER(A9)</f></c>' }),
    wrong('patient_name no_result'),
  ],
  [
    'Excel, a merged heading above',
    book(inlineRow(['DANH SÁCH CHỈ ĐỊNH THÁNG 10'], 1) + inlineRow(VIETNAMESE, 3) + inlineRow(ROW, 4)),
    { number: 4 },
  ],
  [
    'Excel, titles over groups of columns',
    book(inlineRow(['Phiếu', '', '', 'Bệnh nhân'], 1) + inlineRow(VIETNAMESE, 2) + inlineRow(ROW, 3)),
    { number: 3 },
  ],
  [
    'Excel, an empty column before all',
    book(row([...['<c/>'], ...TITLES.map(inline)]) + row(['<c/>', ...ROW.map(inline)])),
    one,
  ],
  ['Excel, rows hidden far below', book(inlineRow(TITLES, 1) + inlineRow(ROW, 2_000)), { number: 2_000 }],
  [
    'Google Sheets, every cell with a style and no value behind',
    book(inlineRow(TITLES) + row([...ROW.map(inline), ...Array.from({ length: 17 }, () => '<c s="1"/>')])),
    one,
  ],
  [
    'LibreOffice, true dates as ISO text',
    typed({ ordered_at: '<c t="d"><v>2026-10-09T16:07:00</v></c>', patient_dob: '<c t="d"><v>1990-03-01</v></c>' }),
    one,
  ],
  ['a script, ISO dates in universal time', typed({ ordered_at: '<c t="d"><v>2026-10-09T09:07:00Z</v></c>' }), one],
  [
    'WPS, references missing and attributes in single quotes',
    book(inlineRow(TITLES) + inlineRow(ROW)).length > 0
      ? book((inlineRow(TITLES) + inlineRow(ROW)).replaceAll('"', "'"))
      : Buffer.alloc(0),
    one,
  ],
  [
    'WPS, a sheet that is hidden before the one that is seen',
    zipOf(
      workbookParts({
        sheets: [
          { name: 'WpsReserved', state: 'veryHidden', rows: inlineRow(['x']) },
          { name: 'Đơn', rows: inlineRow(TITLES) + inlineRow(ROW) },
        ],
      }),
    ),
    one,
  ],
  ['names from a Mac (decomposed)', typed({ patient_name: inline('Nguyễn Thị Hoa'.normalize('NFD')) }), one],
  [
    'line ends within a name, as Excel writes them',
    typed({ note: inline('khám_x000D_\nlần 2') }),
    { number: 2, note: 'khám\nlần 2' },
  ],
  ['notes with signs of markup', typed({ note: inline('<5 & >3') }), { number: 2, note: '<5 & >3' }],
  ['a phone as text behind an apostrophe', typed({ patient_phone: inline('0912345678') }), one],
  [
    'a duration where a time of day should be',
    typed({ ordered_at: number('1.0625', 5) }, { formats: ['[h]:mm'] }),
    wrong('ordered_at bad_date'),
  ],
  ['TRUE in the note', typed({ note: '<c t="b"><v>1</v></c>' }), { number: 2, note: 'true' }],
];

export const clerkSheets: readonly ClerkSheet[] = [...files, ...cells, ...books];
