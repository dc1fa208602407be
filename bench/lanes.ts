// Whether a flood in one lane slows another: the upload of a VIP customer alone, and again and again while a hundred standard
// uploads wait and are written. It writes for real: run it on an instance that may keep it.

import { Desk } from './lanes/desk';
import { printFigure } from './report/figure';

const bench = 'lanes';
const VIP = {
  rows: 2_000,
  alone: 5,
  tiers: ['vip1', 'svip1', 'svip2', 'vip1', 'svip1', 'svip2', 'vip1', 'svip1', 'svip2'],
} as const;
const FLOOD = { uploads: 120, rows: 300, preparedAtOnce: 3 };
const MOST = 1.5;
const LOOK_MS = 250;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;
};

/** What each VIP upload takes where nothing else goes on, not even what the one before it left to do. */
async function alone(desk: Desk): Promise<number> {
  const times: number[] = [];
  for (let round = -1; round < VIP.alone; round += 1) {
    const id = await desk.prepare('vip1', VIP.rows);
    await desk.rest();
    const seconds = await desk.write(id);
    if (round >= 0) times.push(seconds);
  }
  return median(times);
}

async function prepareFlood(desk: Desk): Promise<Set<string>> {
  const ids = new Set<string>();
  let begun = 0;
  const prepare = async () => {
    while (begun < FLOOD.uploads) {
      begun += 1;
      ids.add(await desk.prepare('standard', FLOOD.rows));
    }
  };
  await Promise.all(Array.from({ length: FLOOD.preparedAtOnce }, prepare));
  return ids;
}

/** Seconds until no upload of the flood is left. */
async function drained(desk: Desk, flood: ReadonlySet<string>, begun: number): Promise<number> {
  while ((await desk.unwritten(flood)).left > 0) await pause(LOOK_MS);
  return (performance.now() - begun) / 1000;
}

type Vip = { tier: (typeof VIP.tiers)[number]; seconds: number };

/** VIP uploads one after the other, each from its commit to its last row, with the flood waiting from first to last. */
async function inFlood(desk: Desk): Promise<{ vips: Vip[]; drainSeconds: number }> {
  const flood = await prepareFlood(desk);
  const sheets: { tier: Vip['tier']; id: string }[] = [];
  for (const tier of VIP.tiers) sheets.push({ tier, id: await desk.prepare(tier, VIP.rows) });
  await desk.rest();
  const begun = performance.now();
  await Promise.all([...flood].map((id) => desk.commit(id)));
  const vips: Vip[] = [];
  for (const { tier, id } of sheets) {
    vips.push({ tier, seconds: await desk.write(id) });
    const { untouched } = await desk.unwritten(flood);
    if (untouched === 0) throw new Error(`the flood had ended before upload ${vips.length} of the VIP customers had`);
  }
  return { vips, drainSeconds: await drained(desk, flood, begun) };
}

const desk = await Desk.open();
try {
  const peer = await alone(desk);
  printFigure({ bench, figure: 'vip-alone', value: peer, unit: 's' });
  const { vips, drainSeconds } = await inFlood(desk);
  const limit = peer * MOST;
  const value = median(vips.map(({ seconds }) => seconds));
  printFigure({ bench, figure: 'vip-in-flood', value, unit: 's', limit, peer });
  for (const tier of new Set(VIP.tiers)) {
    const ofTier = median(vips.filter((vip) => vip.tier === tier).map(({ seconds }) => seconds));
    printFigure({ bench, figure: `${tier}-in-flood`, value: ofTier, unit: 's', limit, peer });
  }
  const rows = FLOOD.uploads * FLOOD.rows;
  printFigure({ bench, figure: 'standard-in-flood', value: rows / drainSeconds, unit: 'rows/s' });
  printFigure({ bench, figure: 'flood-drained', value: drainSeconds, unit: 's' });
} finally {
  desk.close();
}
