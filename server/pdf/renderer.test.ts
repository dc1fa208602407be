import { afterAll, expect, it } from 'vitest';
import type { PdfJob } from './paper/job';
import { sampleReceipt } from './paper/sample-views';
import { RenderProcess } from './renderer';

const job: PdfJob = { kind: 'receipt', language: 'vi', view: sampleReceipt };
const gone: RenderProcess[] = [];
const workers: RenderProcess[] = [];
const hire = (jobs?: number) => {
  const worker = new RenderProcess((one) => gone.push(one), jobs);
  workers.push(worker);
  return worker;
};
afterAll(() => {
  for (const worker of workers) worker.end();
});

it('renders in a process of its own, again and again, and reports when it is used up', async () => {
  const worker = hire(2);
  expect((await worker.render(job)).subarray(0, 5).toString()).toBe('%PDF-');
  expect(worker.isWorn).toBe(false);
  await worker.render(job);
  expect(worker.isWorn).toBe(true);
});

it('fails a document that it cannot render, and renders the next', async () => {
  const worker = hire();
  const broken = { ...job, view: { ...sampleReceipt, lines: null } } as unknown as PdfJob;
  await expect(worker.render(broken)).rejects.toThrow();
  expect((await worker.render(job)).length).toBeGreaterThan(5_000);
});

it('fails the document that it is rendering when it is killed, and says that it is gone', async () => {
  const worker = hire();
  const rendering = worker.render(job);
  worker.end();
  await expect(rendering).rejects.toThrow('ended');
  expect(gone).toContain(worker);
});
