import { checkReadiness } from '@/server/modules/core/operations/use-cases/check-readiness';

export const dynamic = 'force-dynamic';

/** The process can do its work: 200, or 503 with the part that is missing. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, {
    status: readiness.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
