import { backgroundFunctions, type StatedEffect } from '@/server/integrations/background/port';
import { findEffectStates, type Receipt } from '../queries';
import type { RunWithEvents } from '../repository';
import { EFFECT_KINDS, type Effect, type EffectKind } from '../schema';

const kindOf = (text: string): EffectKind | undefined => EFFECT_KINDS.find((kind) => kind === text);

function amounts(receipt: Receipt | undefined, count: number): { done: number; coming: number } {
  if (receipt?.done != null && receipt.left != null) return { done: receipt.done, coming: receipt.left };
  if (receipt?.doneAt) return { done: count, coming: 0 };
  return { done: 0, coming: receipt?.possible === false ? 0 : count };
}

function asEffect({ kind: text, key, count }: StatedEffect, receipt: Receipt | undefined): Effect[] {
  const kind = kindOf(text);
  const doneAt = receipt?.doneAt ?? null;
  if (!kind || (receipt?.applies === false && doneAt === null)) return [];
  return [{ kind, key, doneAt, ...amounts(receipt, count ?? 1) }];
}

/**
 * What each of the runs changes outside of itself, and whether it has left its receipt. A run whose function states nothing of
 * its events is left out.
 */
export async function listEffects({ runs }: { runs: readonly RunWithEvents[] }): Promise<Map<string, Effect[]>> {
  const functions = new Map((await backgroundFunctions()()).map((one) => [one.id, one]));
  const stated = runs.map(({ runId, functionId, events }) => ({
    runId,
    effects: events.flatMap(({ name, data }) => functions.get(functionId)?.effectsOf(name, data) ?? []),
  }));
  const keys = new Set(stated.flatMap(({ effects }) => effects.map(({ key }) => key)));
  const receipts = new Map((await findEffectStates([...keys])).map((receipt) => [receipt.key, receipt]));
  return new Map(
    stated
      .filter(({ effects }) => effects.length > 0)
      .map(({ runId, effects }) => [runId, effects.flatMap((effect) => asEffect(effect, receipts.get(effect.key)))]),
  );
}
