import { pause, until } from '../../faults/deadlines';
import type { Instance } from '../instance';
import { answered, type Refusals } from './persist';

const base = process.env.PORTAL_URL ?? '';
const CODE_WITHIN_MS = 90_000;

type Visit = { to: string; link: string };

/** A doctor's phone: keeps cookies, follows nothing by itself. */
class Phone {
  readonly #cookies = new Map<string, string>();

  async ask(path: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const body = form && new URLSearchParams(form);
    const method = form ? 'POST' : 'GET';
    const headers = { cookie, 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1' };
    const answer = await answered(
      fetch(new URL(path, base), { method, headers, body: body ?? null, redirect: 'manual' }),
    );
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    if (answer.status >= 500) throw new Error(`${path.split('/')[1]} answered ${answer.status}`);
    return answer;
  }
}

async function publishedLinks(instance: Instance): Promise<Visit[]> {
  const rows = await instance.ask<{ to: string; text: string }>(
    `SELECT "to", text FROM local_message WHERE text LIKE '%/s/%' ORDER BY id`,
  );
  return rows.flatMap(({ to, text }) => {
    const link = /\/s\/[\w-]{43}/.exec(text)?.[0];
    return link ? [{ to, link }] : [];
  });
}

/** Opens a link, asks for a code, waits for it in the message box, goes through and reads the PDF. */
async function visit(instance: Instance, { to, link }: Visit): Promise<boolean> {
  const phone = new Phone();
  await phone.ask(link);
  const before = Date.now();
  await phone.ask(`${link}/code`, { channel: 'sms' });
  let code = '';
  const hasCode = async () => {
    const [newest] = await instance.ask<{ text: string; at: Date }>(
      `SELECT text, at FROM local_message WHERE "to" = $1 AND text !~ '/s/' ORDER BY id DESC LIMIT 1`,
      [to],
    );
    if (newest && newest.at.getTime() >= before) code = /\b\d{6}\b/.exec(newest.text)?.[0] ?? '';
    return code !== '';
  };
  if (!(await until(hasCode, CODE_WITHIN_MS))) return false;
  const passed = await phone.ask(`${link}/verify`, { code });
  if (!passed.headers.get('location')?.endsWith('/s/view')) return false;
  await phone.ask('/s/view');
  const file = await phone.ask('/s/view/pdf?lang=vi');
  return (
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 5)
      .toString() === '%PDF-'
  );
}

/** Doctors come to their statements, one after the other, as soon as some are published. */
export async function visitors({
  instance,
  refusals,
  stop,
  random,
}: {
  instance: Instance;
  refusals: Refusals;
  stop: () => boolean;
  random: () => number;
}): Promise<{ passed: number; tried: number }> {
  const counted = { passed: 0, tried: 0 };
  while (!stop()) {
    await pause(2_000 + random() * 4_000);
    try {
      const links = await publishedLinks(instance);
      const one = links[Math.floor(random() * links.length)];
      if (!one) continue;
      counted.tried += 1;
      if (await visit(instance, one)) counted.passed += 1;
    } catch (error) {
      refusals.note(error);
    }
  }
  return counted;
}
