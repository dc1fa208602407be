import { timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { env } from './env';

const kept = globalThis as unknown as { portalMetrics?: ReturnType<typeof build> };

function build() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'portal_' });
  return {
    registry,
    procedures: new Histogram({
      name: 'portal_procedure_seconds',
      help: 'Time of a tRPC procedure',
      labelNames: ['path', 'outcome'],
      buckets: [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 5],
      registers: [registry],
    }),
    outboxWaiting: new Gauge({
      name: 'portal_outbox_waiting',
      help: 'Events committed and not yet delivered',
      registers: [registry],
    }),
    gateLockouts: new Counter({
      name: 'portal_gate_lockouts_total',
      help: 'Doctors whose links began to refuse unknown browsers',
      labelNames: ['reason'],
      registers: [registry],
    }),
    outboxDelivered: new Counter({
      name: 'portal_outbox_delivered_total',
      help: 'Events delivered',
      registers: [registry],
    }),
  };
}

/** The figures of this process in Prometheus' text format; labels are names of code, never of people. */
export function metrics() {
  kept.portalMetrics ??= build();
  return kept.portalMetrics;
}

type MetricsAnswer = { status: number; type: string; text: string };

/** This process's metrics for callers with METRICS_TOKEN; without such a setting there is nothing. */
export async function answerMetrics(authorization: string): Promise<MetricsAnswer> {
  const refused = (status: number, text: string): MetricsAnswer => ({ status, type: 'text/plain', text });
  const expected = env().METRICS_TOKEN;
  if (!expected) return refused(404, 'Not found');
  if (!same(authorization, `Bearer ${expected}`)) return refused(401, 'Unauthorized');
  const { registry } = metrics();
  return { status: 200, type: registry.contentType, text: await registry.metrics() };
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
