import { renderToBuffer } from '@react-pdf/renderer';
import type { PdfJob } from './paper/job';
import { printable } from './paper/printable';
import { loadTypefaces } from './paper/typeface';
import { ReceiptDocument } from './receipt/document';
import { StatementDocument } from './statement/document';

/** What goes back to who asked. A failure says what broke in the code, and is logged there. */
export type RenderResult = { bytes: Uint8Array } | { failure: string };

/** One document of one snapshot. Equal jobs give equal bytes: every date comes from the view model. */
export default async function render(job: PdfJob): Promise<Uint8Array> {
  const fonts = await loadTypefaces();
  return job.kind === 'receipt'
    ? renderToBuffer(<ReceiptDocument view={printable(fonts, job.view)} language={job.language} fonts={fonts} />)
    : renderToBuffer(<StatementDocument view={printable(fonts, job.view)} language={job.language} fonts={fonts} />);
}

/** Draws what is asked, one after the other, until who asks is gone. */
function paint(): void {
  void loadTypefaces();
  process.on('disconnect', () => process.exit());
  process.on('message', async (job: PdfJob) => {
    const painted: RenderResult = await render(job).then(
      (bytes) => ({ bytes }),
      (error: unknown) => ({ failure: error instanceof Error ? error.message : 'unknown' }),
    );
    process.send?.(painted);
  });
}

if (process.argv[2] === 'paint') paint();
