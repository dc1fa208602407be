import type { LisCancellation, LisOrder } from './port';

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

/** A segment from its fields by their numbers in the standard; the ones between are empty. */
function segment(name: string, fields: Record<number, string>): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  let filled = last;
  while (filled > 0 && !fields[filled]) filled -= 1;
  return [name, ...Array.from({ length: filled }, (_, index) => fields[index + 1] ?? '')].join('|');
}

// MSH-1 is the separator itself, so that MSH-2 is the first field behind the name.
const header = (id: string, at: string, branch: string): string =>
  `MSH|^~\\&|PORTAL|${branch}|LIS|${branch}|${at}||ORM^O01^ORM_O01|${id}|P|2.5.1|||AL|NE||UNICODE UTF-8`;

const patientSegment = ({ code, fullName, dob, sex, phone }: LisOrder['patient']): string =>
  segment('PID', {
    1: '1',
    3: `${escapeHl7(code)}^^^PORTAL^PI`,
    5: personName(fullName),
    7: dob.replaceAll('-', ''),
    8: sex === 'female' ? 'F' : 'M',
    13: `^PRN^CP^^^^^^^^^^${escapeHl7(phone)}`,
  });

type Control = { id: string; code: 'NW' | 'CA'; wanted: (service: string) => boolean };

// ORC-1 says what becomes of each service; its placer number is its place among all of the order, whatever the message is about.
function message(order: LisOrder, { id, code, wanted }: Control): string {
  const { doctor, number } = order;
  const at = moment(order.orderedAt);
  const branch = escapeHl7(order.branchCode);
  const referrer = doctor ? `${escapeHl7(doctor.code)}^${escapeHl7(doctor.name)}` : '';
  const filler = `${order.accession}^PORTAL`;
  const services = order.services.flatMap((service, index) => {
    if (!wanted(service.code)) return [];
    const placer = `${number}-${index + 1}^PORTAL`;
    const what = `${escapeHl7(service.code)}^${escapeHl7(service.name)}^L`;
    return [
      segment('ORC', { 1: code, 2: placer, 3: filler, 4: number, 9: at, 12: referrer }),
      segment('OBR', { 1: String(index + 1), 2: placer, 3: filler, 4: what, 6: at, 16: referrer }),
    ];
  });
  const visit = segment('PV1', { 1: '1', 2: 'O', 3: branch, 8: referrer });
  return `${[header(id, at, branch), patientSegment(order.patient), visit, ...services].join('\r')}\r`;
}

/**
 * The order message ORM^O01 of HL7 v2.5.1 (chapter 4.4.1), segments ended by CR: one ORC and OBR a service. The control id is
 * made of the accession number alone, so that a repeat is the same message.
 */
export const orderMessage = (order: LisOrder): string =>
  message(order, { id: `O${order.accession}`, code: 'NW', wanted: () => true });

/** The same with order control CA for what is cancelled. The control id, of twenty characters at most, is the accession's and the refund's. */
export const cancelMessage = ({ order, refundId, cancelled }: LisCancellation): string =>
  message(order, {
    id: `C${order.accession}${refundId.slice(-7)}`,
    code: 'CA',
    wanted: (one) => cancelled.includes(one),
  });
