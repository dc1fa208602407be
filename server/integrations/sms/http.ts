import { PortalError } from '@/server/platform/errors';
import type { SmsSender } from './port';

const TIMEOUT_MS = 10_000;

/** What can't be helped by trying again: everything the gateway refuses, but for "later" and "too many". */
const isFinal = (status: number) => status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429;

/**
 * A gateway that takes `POST {to, text}` as JSON with a bearer token and an `Idempotency-Key`; it answers 2xx, and `{id}` as
 * its reference if it has one.
 */
export function createHttpSms(url: string, token: string | undefined): SmsSender {
  return {
    async send({ key, to, text }) {
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      };
      const body = JSON.stringify({ to, text });
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' }).catch((cause) => {
        throw new PortalError('unavailable', 'sms_unavailable', { message: 'gateway not reached', cause });
      });
      if (!response.ok) {
        const message = `gateway answered ${response.status}`;
        await response.body?.cancel();
        if (isFinal(response.status)) throw new PortalError('invalid', 'sms_refused', { message });
        throw new PortalError('unavailable', 'sms_unavailable', { message });
      }
      const answer: unknown = await response.json().catch(() => null);
      const id = typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : key;
      return { ref: id.slice(0, 100) };
    },
  };
}
