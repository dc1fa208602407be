import { backgroundFunctions } from '@/server/integrations/background/port';
import { findReceipts, type Receipt } from '../queries';
import type { RunWithEvents } from '../repository';
import { EFFECT_KINDS, type Effect, type EffectKind } from '../schema';

const kindOf = (text: string): EffectKind | undefined => EFFECT_KINDS.find((kind) => kind === text);

function amounts(receipt: Receipt | undefined, count: number): { done: number; coming: number } {
  if (receipt?.done != null && receipt.left != null) return { done: receipt.done, coming: receipt.left };
  if (receipt?.doneAt) return { done: count, coming: 0 };
  return { done: 0, coming: receipt?.possible === false ? 0 : count };
}

/** What the given runs change outside of themselves, each effect once, and whether it has left its receipt. */
export async function listEffects({ runs }: { runs: readonly RunWithEvents[] }): Promise<Effect[]> {
  const functions = new Map((await backgroundFunctions()()).map((one) => [one.id, one]));
  const stated = new Map(
    runs
      .flatMap(({ functionId, events }) =>
        events.flatMap(({ name, data }) => functions.get(functionId)?.effectsOf(name, data) ?? []),
      )
      .map((effect) => [effect.key, effect]),
  );
  const receipts = new Map((await findReceipts([...stated.keys()])).map((receipt) => [receipt.key, receipt]));
  return [...stated.values()].flatMap(({ kind: text, key, count }) => {
    const kind = kindOf(text);
    const receipt = receipts.get(key);
    if (!kind || receipt?.applies === false) return [];
    return [{ kind, key, doneAt: receipt?.doneAt ?? null, ...amounts(receipt, count ?? 1) }];
  });
}
