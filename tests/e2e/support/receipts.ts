import { existsSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { inData } from '../../../scripts/lib/paths.mjs';

const folder = () => inData('files', 'receipt');
const aside = () => inData('files', 'receipt-aside');

/** Takes the place of receipts away, as when a volume is no longer mounted: nothing can be written there. */
export function unmountReceipts(): void {
  if (existsSync(folder())) renameSync(folder(), aside());
  symlinkSync('/no/such/volume', folder());
}

/** Brings it back as it was. */
export function mountReceipts(): void {
  rmSync(folder(), { force: true, recursive: false });
  if (existsSync(aside())) renameSync(aside(), folder());
}
