import { answerMetrics } from '@/server/platform/metrics';

export const dynamic = 'force-dynamic';

/** Prometheus' figures of the web process; those of a worker are at its own port. */
export async function GET(request: Request): Promise<Response> {
  const { status, type, text } = await answerMetrics(request.headers.get('authorization') ?? '');
  return new Response(text, { status, headers: { 'content-type': type } });
}
