import { TRPCError } from '@trpc/server';
import { describe, expect, it, vi } from 'vitest';
import { isRefusal } from '@/components/api/refusal';
import { verifySeal } from '@/server/modules/referral/statements/use-cases/verify-seal';
import { loadDetail } from '@/server/pages/load-detail';
import { trpc } from '@/server/pages/prefetch';
import { withDatabase } from './database';
import { Browser } from './next-request';

vi.mock('next/headers', async () => (await import('./next-headers')).nextHeaders);
vi.mock('@/server/modules/referral/statements/use-cases/verify-seal', async (original) => {
  const module = await original<typeof import('@/server/modules/referral/statements/use-cases/verify-seal')>();
  return { ...module, verifySeal: vi.fn(module.verifySeal) };
});
withDatabase();

describe('a page of what there is not', () => {
  it('asks once, and is not tried again: neither its reader nor the limit of who guesses pays three times', async () => {
    const loads = async () => {
      const error = await loadDetail(trpc.statements.verify.queryOptions({ hash: 'a'.repeat(64) })).then(
        () => null,
        (thrown: { digest?: string }) => thrown,
      );
      return new Response(error?.digest ?? String(error));
    };
    expect(await (await new Browser().ask(loads, '/verify/a')).text()).toBe('NEXT_HTTP_ERROR_FALLBACK;404');
    expect(verifySeal).toHaveBeenCalledTimes(1);
  });

  it('is known by the word that the server itself refuses with; what may pass is none (isRefusal)', () => {
    const refused = (['NOT_FOUND', 'BAD_REQUEST', 'FORBIDDEN', 'UNAUTHORIZED', 'TOO_MANY_REQUESTS'] as const).map(
      (code) => isRefusal(new TRPCError({ code })),
    );
    expect(refused).toEqual(refused.map(() => true));
    const passing = (['SERVICE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'] as const).map((code) =>
      isRefusal(new TRPCError({ code })),
    );
    expect(passing).toEqual([false, false]);
  });
});
