import { createHash } from 'node:crypto';
import { type Portal, signIn } from '@/bench/portal/client';
import type { UploadDetail } from '@/server/modules/intake/uploads/schema';
import { pause } from '../../faults/deadlines';
import { persist, type Refusals } from './persist';

const LOOK_MS = 1_500;
const HEADER =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,customer_code,doctor_code,service_codes,discount_percent,payment,note';
const CUSTOMERS = ['KH004', 'KH001', 'KH002', 'KH003', 'KH004'];
const SERVICES = ['HH01|SH01|MD01', 'SH03|SH04', 'HH07|TM01'];

export type Written = { id: string; reference: string; month: string; rows: number; state: string };

const two = (n: number) => String(n).padStart(2, '0');

/** Orders of one month for the demo business, every row right. */
function sheet(reference: string, month: string, place: number, rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) =>
    [
      `${reference}-${n + 1}`,
      n % 3 ? 'Q3' : 'TD',
      `${month}-${two((n % 28) + 1)}T${two(7 + (n % 10))}:15`,
      `Người Của Bảng ${place} ${n % 997}`,
      `${1950 + (n % 50)}-${two((n % 12) + 1)}-${two((n % 28) + 1)}`,
      n % 2 ? 'female' : 'male',
      `08${String(place * 1_000_000 + (n % 997)).padStart(8, '0')}`,
      CUSTOMERS[place % CUSTOMERS.length],
      `BS${String((n % 16) + 1).padStart(3, '0')}`,
      SERVICES[n % SERVICES.length],
      n % 4 ? '' : '7.5',
      'account',
      '',
    ].join(','),
  );
  return `${[HEADER, ...lines].join('\n')}\n`;
}

/** `stop` ends the sending; what was sent is written until `timedOut`. */
type Given = { refusals: Refusals; stop: () => boolean; timedOut: () => boolean; written: Written[] };

async function write(portal: Portal, upload: Written, { refusals, timedOut: stop }: Given): Promise<void> {
  const { id } = upload;
  const look = () => persist(() => portal.query<UploadDetail>('uploads.byId', { id }), { refusals, stop });
  // Whoever is refused because the upload has moved on looks where it is now.
  const ask = (path: string, input: object) =>
    persist(() => portal.mutate(path, input), {
      refusals,
      stop,
      isFinal: (reason) => ['upload_moved_on', 'check_running', 'upload_changed'].includes(reason),
    });
  while (!stop()) {
    const found = await look();
    if (!found) return;
    upload.state = found.state;
    if (found.state === 'committed') return;
    if (found.state === 'received' || (found.state === 'failed' && !found.committedAt))
      await ask('uploads.check', { id });
    else if (found.state === 'checked' || found.state === 'failed')
      await ask('uploads.commit', { id, allOrNothing: false });
    await pause(LOOK_MS);
  }
}

/** Sends so many sheets, one for each month before this one, and sees to it that all are written; goes on after `stop` until they are. */
export async function uploads(count: number, rows: number, months: readonly string[], given: Given): Promise<void> {
  const portal = await persist(() => signIn('upload-operator@sapoche.example'), given);
  if (!portal) return;
  const one = async (place: number) => {
    const month = months[place % months.length] ?? '';
    const reference = `CHAOS-${place + 1}`;
    const content = sheet(reference, month, place + 1, rows);
    const headers = {
      'x-file-name': `${reference}.csv`,
      'x-file-size': String(Buffer.byteLength(content)),
      'x-file-sha256': createHash('sha256').update(content).digest('hex'),
    };
    const sent = await persist(() => portal.post('/api/uploads', { type: 'text/csv', content, headers }), given);
    if (!sent) return;
    const { id } = JSON.parse(sent.body) as { id: string };
    const upload: Written = { id, reference, month, rows, state: 'received' };
    given.written.push(upload);
    await write(portal, upload, given);
  };
  await Promise.all(Array.from({ length: count }, (_, place) => one(place)));
  portal.close();
}
