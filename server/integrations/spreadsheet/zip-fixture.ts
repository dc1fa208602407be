import { crc32, deflateRawSync } from 'node:zlib';

/** For tests: an archive whose headers may lie, which no ordinary writer would produce. */
export interface FixturePart {
  name: string;
  content: string | Buffer;
  /** What the directory claims instead of the truth. */
  claimedSize?: number;
  claimedCrc?: number;
}

function header(signature: number, part: FixturePart, raw: Buffer, packed: Buffer): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(0x0800, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt32LE(part.claimedCrc ?? crc32(raw), 10);
  bytes.writeUInt32LE(packed.length, 14);
  bytes.writeUInt32LE(part.claimedSize ?? raw.length, 18);
  bytes.writeUInt16LE(Buffer.byteLength(part.name), 22);
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(signature);
  return Buffer.concat([magic, bytes]);
}

export function zipOf(parts: readonly FixturePart[]): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const raw = Buffer.from(part.content);
    const packed = deflateRawSync(raw);
    const name = Buffer.from(part.name);
    const local = Buffer.concat([header(0x04034b50, part, raw, packed), name, packed]);
    const central = header(0x02014b50, part, raw, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(central.subarray(0, 4), Buffer.from([20, 0]), central.subarray(4), rest, name);
    body.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...body, listing, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface FixtureWorkbook {
  /** `<row>` elements of each sheet. */
  sheets: { name: string; state?: string; rows: string }[];
  date1904?: boolean;
  /** The `<si>` elements of the shared strings, which programs write last. */
  strings?: string;
  /** Number formats of the styles from 5 on, as XML writes them in double quotes. */
  formats?: string[];
  /** The first sheet's whole part, in place of its rows. */
  sheetXml?: string;
}

/** Style 1 is a date, 2 a date with time, 3 a percentage by format, 4 the built-in percentage, 5 and on the given formats. */
function stylesXml(formats: readonly string[]): string {
  const codes = ['dd/mm/yyyy\\ hh:mm', '0.0%', ...formats];
  const listed = codes.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`);
  const styles = [0, 14, 164, 165, 9, ...formats.map((_, index) => 166 + index)];
  const used = styles.map((id) => `<xf numFmtId="${id}"/>`);
  return `<styleSheet xmlns="${MAIN}"><numFmts count="${codes.length}">${listed.join('')}</numFmts><cellXfs count="${styles.length}">${used.join('')}</cellXfs></styleSheet>`;
}

/** The parts of a small workbook, to be spoilt as a test needs and then zipped. */
export function workbookParts({ sheets, date1904, strings, formats = [], sheetXml }: FixtureWorkbook): FixturePart[] {
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
  );
  const related = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const shared = `<Relationship Id="rId98" Type="${RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>`;
  const styles = `<Relationship Id="rId99" Type="${RELATIONS}/styles" Target="styles.xml"/>`;
  return [
    {
      name: '[Content_Types].xml',
      content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${PACKAGE}">${related.join('')}${styles}${strings ? shared : ''}</Relationships>`,
    },
    { name: 'xl/styles.xml', content: stylesXml(formats) },
    ...sheets.map(({ rows }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content:
        index === 0 && sheetXml ? sheetXml : `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    })),
    ...(strings ? [{ name: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}">${strings}</sst>` }] : []),
  ];
}
