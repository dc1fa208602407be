import type { LisOrder } from './port';

const ESCAPES: Record<string, string> = { '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '&': '\\T\\', '~': '\\R\\' };

/** Text as HL7 v2 holds it: delimiters escaped (v2.5.1, 2.7.1), no line ends. */
export const escapeHl7 = (text: string): string =>
  text.replace(/[\r\n]+/g, ' ').replace(/[\\|^&~]/g, (sign) => ESCAPES[sign] ?? sign);

/** A moment as HL7 v2 writes it, in UTC with its offset. */
const moment = (at: Date): string => `${at.toISOString().replace(/\D/g, '').slice(0, 14)}+0000`;

// A Vietnamese name begins with the family name and ends with the given name.
function personName(fullName: string): string {
  const words = fullName.trim().split(/\s+/);
  const family = words.length > 1 ? (words[0] ?? '') : fullName;
  const given = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [family, given, words.slice(1, -1).join(' ')].map(escapeHl7).join('^');
}

const segment = (...fields: string[]): string => fields.join('|').replace(/\|+$/, '');

/**
 * The order message ORM^O01 of HL7 v2.5.1 (chapter 4.4.1), segments ended by CR: one ORC and OBR a service. The control id is
 * made of the accession number alone, so that a repeat is the same message.
 */
export function orderMessage(order: LisOrder): string {
  const { patient, doctor, number, accession } = order;
  const at = moment(order.orderedAt);
  const referrer = doctor ? `${escapeHl7(doctor.code)}^${escapeHl7(doctor.name)}` : '';
  const sex = patient.sex === 'female' ? 'F' : 'M';
  const branch = escapeHl7(order.branchCode);
  const head = [
    segment(
      'MSH',
      '^~\\&',
      'PORTAL',
      branch,
      'LIS',
      branch,
      at,
      '',
      'ORM^O01^ORM_O01',
      `O${accession}`,
      'P',
      '2.5.1',
      '',
      '',
      'AL',
      'NE',
      '',
      'UNICODE UTF-8',
    ),
    segment(
      'PID',
      '1',
      '',
      `${escapeHl7(patient.code)}^^^PORTAL^PI`,
      '',
      personName(patient.fullName),
      '',
      patient.dob.replaceAll('-', ''),
      sex,
      '',
      '',
      '',
      '',
      `^PRN^CP^^^^^^^^^^${escapeHl7(patient.phone)}`,
    ),
    segment('PV1', '1', 'O', branch, '', '', '', '', referrer),
  ];
  const services = order.services.flatMap((service, index) => {
    const placer = `${number}-${index + 1}^PORTAL`;
    const filler = `${accession}^PORTAL`;
    return [
      segment('ORC', 'NW', placer, filler, number, '', '', '', '', at, '', '', referrer),
      segment(
        'OBR',
        String(index + 1),
        placer,
        filler,
        `${escapeHl7(service.code)}^${escapeHl7(service.name)}^L`,
        '',
        at,
        '',
        '',
        '',
        '',
        '',
        '',
        '',
        '',
        '',
        referrer,
      ),
    ];
  });
  return `${[...head, ...services].join('\r')}\r`;
}
