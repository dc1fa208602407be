import { renderToBuffer } from '@react-pdf/renderer';
import type { PdfJob } from './paper/job';
import { loadTypefaces } from './paper/typeface';
import { ReceiptDocument } from './receipt/document';
import { StatementDocument } from './statement/document';

/** One document of one snapshot. Equal jobs give equal bytes: every date comes from the view model. */
export default async function render(job: PdfJob): Promise<Uint8Array> {
  const fonts = await loadTypefaces();
  return job.kind === 'receipt'
    ? renderToBuffer(<ReceiptDocument view={job.view} language={job.language} fonts={fonts} />)
    : renderToBuffer(<StatementDocument view={job.view} language={job.language} fonts={fonts} />);
}
