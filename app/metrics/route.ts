import { timingSafeEqual } from 'node:crypto';
import { env } from '@/server/platform/env';
import { metrics } from '@/server/platform/metrics';

export const dynamic = 'force-dynamic';

/** Prometheus' figures, for whoever holds METRICS_TOKEN. Without such a setting there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const expected = env().METRICS_TOKEN;
  if (!expected) return new Response('Not found', { status: 404 });
  const given = request.headers.get('authorization') ?? '';
  if (!same(given, `Bearer ${expected}`)) return new Response('Unauthorized', { status: 401 });
  const { registry } = metrics();
  return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
