// What a statement costs as a PDF, beside the bare PDF writer, a warm headless Chromium and wkhtmltopdf with the same table.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { sampleStatement } from '../server/pdf/paper/sample-views';
import render from '../server/pdf/pdf.worker';
import { closePdfPool, renderPdf } from '../server/pdf/render';
import { printFigure } from './report/figure';

const SIZES = [30, 640];
const ROUNDS = 15;
/** No part of the project: measured where the machine has it. */
const WKHTMLTOPDF = 'wkhtmltopdf';
const LIMIT_OF_PDFKIT = 1.5;

type Cells = [code: string, name: string, base: string, rate: string, commission: string];
type Row = { head: string } | { cells: Cells };

/** What is drawn in each round of `median`, made before any is measured. */
function drawn<T>(make: (round: number) => T): (round: number) => T {
  const made = Array.from({ length: ROUNDS + 2 }, (_, round) => make(round));
  return (round) => made[round + 2] as T;
}

/** The rows that the statement itself shows, as plain text. */
function rowsOf(lines: number, first?: number): Row[] {
  const money = (value: string) => BigInt(value).toLocaleString('de-DE');
  return sampleStatement(lines, first).days.flatMap((day): Row[] => [
    { head: day.day },
    ...day.orders.flatMap((order): Row[] => [
      { head: `${order.number} · ${order.reference} · ${order.patient}` },
      ...order.lines.map(
        (line): Row => ({
          cells: [line.code, line.name.vi, money(line.base), '10 %', money(line.commission)],
        }),
      ),
    ]),
  ]);
}

/** What is used of pdfkit, the writer below react-pdf. */
interface Writer {
  on(event: 'data', listener: (piece: Buffer) => void): Writer;
  on(event: 'end', listener: () => void): Writer;
  addPage(): Writer;
  font(file: string): Writer;
  fontSize(size: number): Writer;
  widthOfString(text: string): number;
  text(text: string, x: number, y: number, options: { lineBreak: false }): Writer;
  end(): void;
}
const load = createRequire(createRequire(import.meta.url).resolve('@react-pdf/renderer'));
const PdfWriter: new (options: { size: 'A4'; margin: number }) => Writer = load('pdfkit');

/** The same table as a careful user of pdfkit would draw it: fonts by path, no wrapping. */
function pdfkit(rows: readonly Row[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const writer = new PdfWriter({ size: 'A4', margin: 0 });
    writer.on('data', (piece) => pieces.push(piece)).on('end', () => resolve(Buffer.concat(pieces)));
    const show = (text: string, x: number, y: number) => writer.text(text, x, y, { lineBreak: false });
    const showRight = (text: string, x: number, y: number) => show(text, x - writer.widthOfString(text), y);
    let y = 40;
    for (const row of rows) {
      if (y > 780) {
        writer.addPage();
        y = 40;
      }
      if ('head' in row) {
        writer.font('server/pdf/fonts/be-vietnam-pro-600.ttf').fontSize(7);
        show(row.head, 42, y);
      } else {
        const [code, name, base, rate, commission] = row.cells;
        writer.font('server/pdf/fonts/be-vietnam-pro-400.ttf').fontSize(8.5);
        show(code, 52, y);
        show(name, 108, y);
        showRight(base, 364, y);
        show(rate, 380, y);
        showRight(commission, 553, y);
      }
      y += 14;
    }
    writer.end();
  });
}

function html(rows: readonly Row[]): string {
  const cells = ([code, name, base, rate, commission]: Cells) =>
    `<tr><td>${code}<td>${name}<td class=n>${base}<td>${rate}<td class=n>${commission}`;
  const body = rows.map((row) => ('head' in row ? `<tr><th colspan=5>${row.head}` : cells(row.cells))).join('\n');
  const style = 'body{font:8.5pt sans-serif}table{width:100%}th{text-align:left;font-size:7pt}.n{text-align:right}';
  return `<!doctype html><meta charset=utf-8><style>${style}</style><table>${body}</table>`;
}

/** The median of some rounds, in milliseconds, after two to warm up. */
async function median(work: (round: number) => Promise<unknown>, rounds = ROUNDS): Promise<number> {
  const times: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const begun = performance.now();
    await work(round);
    if (round >= 0) times.push(performance.now() - begun);
  }
  return times.sort((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0;
}

async function chromiumTimes(pages: readonly string[]): Promise<number[]> {
  const { executablePath, args, env } = await findChromium();
  const browser = await chromium.launch({ executablePath, args, env, chromiumSandbox: false });
  try {
    const page = await browser.newPage();
    const times: number[] = [];
    for (const content of pages) {
      times.push(await median(() => page.setContent(content).then(() => page.pdf({ format: 'A4' })), 7));
    }
    return times;
  } finally {
    await browser.close();
  }
}

async function wkhtmltopdfTimes(pages: readonly string[]): Promise<number[]> {
  if (spawnSync(WKHTMLTOPDF, ['--version']).status !== 0) return [];
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-bench-pdf-'));
  try {
    const times: number[] = [];
    for (const content of pages) {
      const file = path.join(folder, 'statement.html');
      writeFileSync(file, content);
      const run = async () => spawnSync(WKHTMLTOPDF, ['--quiet', file, path.join(folder, 'statement.pdf')]);
      times.push(await median(run, 5));
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Documents a second with both processes busy. */
async function throughput(lines: number): Promise<number> {
  const view = sampleStatement(lines);
  const count = lines > 100 ? 24 : 60;
  const begun = performance.now();
  await Promise.all(Array.from({ length: count }, () => renderPdf('statement', 'vi', view)));
  return (count * 1000) / (performance.now() - begun);
}

const pages = SIZES.map((size) => html(rowsOf(size)));
const browser = await chromiumTimes(pages);
const wkhtmltopdf = await wkhtmltopdfTimes(pages);
for (const [index, size] of SIZES.entries()) {
  // No two documents are the same, so that nothing is drawn that was drawn before.
  const views = drawn((round) => sampleStatement(size, 1 + round * size));
  const rows = drawn((round) => rowsOf(size, 1 + round * size));
  const peer = await median((round) => pdfkit(rows(round)));
  // In this thread like the peer; what the way to a process and back adds is a figure of its own.
  const value = await median((round) => render({ kind: 'statement', language: 'vi', view: views(round) }));
  const threaded = await median((round) => renderPdf('statement', 'vi', views(round)));
  const bench = 'pdf';
  const unit = 'ms';
  const name = `${size} rows`;
  printFigure({ bench, figure: `${name}, beside pdfkit`, value, unit, limit: peer * LIMIT_OF_PDFKIT, peer });
  printFigure({ bench, figure: `${name}, beside Chromium`, value, unit, ...others(browser[index]) });
  if (wkhtmltopdf.length > 0) {
    printFigure({ bench, figure: `${name}, beside wkhtmltopdf`, value, unit, ...others(wkhtmltopdf[index]) });
  }
  printFigure({
    bench,
    figure: `${name}, through its process`,
    value: threaded,
    unit,
    limit: peer * LIMIT_OF_PDFKIT,
  });
  printFigure({ bench, figure: `${name}, both cores`, value: await throughput(size), unit: 'documents/s' });
}
await closePdfPool();

function others(peer: number | undefined): { limit?: number; peer?: number } {
  return peer === undefined ? {} : { limit: peer, peer };
}
