import { afterAll, expect, it } from 'vitest';
import type { PdfJob } from './paper/job';
import { sampleReceipt } from './paper/sample-views';
import { RenderProcess } from './renderer';

const job: PdfJob = { kind: 'receipt', language: 'vi', view: sampleReceipt };
const gone: RenderProcess[] = [];
const painters: RenderProcess[] = [];
const hire = (jobs?: number) => {
  const painter = new RenderProcess((one) => gone.push(one), jobs);
  painters.push(painter);
  return painter;
};
afterAll(() => {
  for (const painter of painters) painter.end();
});

it('renders in a process of its own, again and again, and reports when it is used up', async () => {
  const painter = hire(2);
  expect((await painter.draw(job)).subarray(0, 5).toString()).toBe('%PDF-');
  expect(painter.isWorn).toBe(false);
  await painter.draw(job);
  expect(painter.isWorn).toBe(true);
});

it('fails a document that it cannot draw, and draws the next', async () => {
  const painter = hire();
  const broken = { ...job, view: { ...sampleReceipt, lines: null } } as unknown as PdfJob;
  await expect(painter.draw(broken)).rejects.toThrow();
  expect((await painter.draw(job)).length).toBeGreaterThan(5_000);
});

it('fails the document that it is drawing when it is killed, and says that it is gone', async () => {
  const painter = hire();
  const drawing = painter.draw(job);
  painter.end();
  await expect(drawing).rejects.toThrow('ended');
  expect(gone).toContain(painter);
});
