import { organisation } from '@/server/platform/organisation';
import { impactOfRuns } from '../queries';
import { EFFECT_KINDS, type ReplayPreview, type RunSelection } from '../schema';
import { listEffects } from './list-effects';
import { selectRuns } from './select-runs';

/** What a replay of the selected runs would do, before anybody asks for it: its impact, and which effects would happen. */
export async function previewReplay({ selection }: { selection: RunSelection }): Promise<ReplayPreview> {
  const { runs, left } = await selectRuns({ selection });
  const [impact, listed, { currency }] = await Promise.all([
    impactOfRuns(runs.map(({ runId }) => runId)),
    listEffects({ runs }),
    organisation(),
  ]);
  // Two runs about one order have its effects in common.
  const effects = [...new Map([...listed.values()].flat().map((effect) => [effect.key, effect])).values()];
  const sums = EFFECT_KINDS.map((kind) => {
    const ofKind = effects.filter((effect) => effect.kind === kind);
    const sum = (amount: 'done' | 'coming') => ofKind.reduce((total, effect) => total + effect[amount], 0);
    return { kind, done: sum('done'), willHappen: sum('coming') };
  });
  return {
    runs: runs.length,
    left,
    ...impact,
    currency,
    effects: sums.filter(({ done, willHappen }) => done + willHappen > 0),
  };
}
