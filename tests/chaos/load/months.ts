import { type Portal, signIn } from '@/bench/portal/client';
import { pause } from '../../faults/deadlines';
import { persist, type Refusals } from './persist';
import type { Written } from './uploads';

const AGAIN_MS = 12_000;

type Given = { refusals: Refusals; stop: () => boolean; written: readonly Written[]; published: string[] };

const ASK_AGAIN = [
  'run_in_progress',
  'run_failed',
  'period_sealed',
  'nothing_approved',
  'month_not_begun',
  'not_found',
];

/** Drafts the months again and again while their sheets are written; approves and publishes each whose sheet is whole. */
export async function months(all: readonly string[], { refusals, stop, written, published }: Given): Promise<void> {
  const portal: Portal | undefined = await persist(() => signIn('finance@sapoche.example'), { refusals, stop });
  if (!portal) return;
  const ask = (path: string, month: string) =>
    persist(() => portal.mutate(path, { month }), { refusals, stop, isFinal: (reason) => ASK_AGAIN.includes(reason) });
  for (let turn = 0; !stop(); turn += 1) {
    const month = all[turn % all.length] ?? '';
    if (published.includes(month)) {
      await pause(500);
      continue;
    }
    const isWhole = written.some((upload) => upload.month === month && upload.state === 'committed');
    await ask('statements.run', month);
    await pause(AGAIN_MS / 2);
    if (isWhole && (await ask('statements.approve', month)) !== undefined) {
      if ((await ask('statements.publish', month)) !== undefined) published.push(month);
    }
    await pause(AGAIN_MS / 2);
  }
  portal.close();
}
