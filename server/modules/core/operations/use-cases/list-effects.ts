import { backgroundFunctions, type StatedEffect } from '@/server/integrations/background/port';
import { type EffectState, findEffectStates } from '../queries';
import type { RunWithEvents } from '../repository';
import { EFFECT_KINDS, type Effect, type EffectKind } from '../schema';

const kindOf = (text: string): EffectKind | undefined => EFFECT_KINDS.find((kind) => kind === text);

function amounts(state: EffectState | undefined, count: number): { done: number; coming: number } {
  if (state?.done != null && state.left != null) return { done: state.done, coming: state.left };
  if (state?.doneAt) return { done: count, coming: 0 };
  return { done: 0, coming: state?.possible === false ? 0 : count };
}

function asEffect({ kind: text, key, count }: StatedEffect, state: EffectState | undefined): Effect[] {
  const kind = kindOf(text);
  const doneAt = state?.doneAt ?? null;
  if (!kind || (state?.applies === false && doneAt === null)) return [];
  return [{ kind, key, doneAt, ...amounts(state, count ?? 1) }];
}

/**
 * What each of the runs changes outside of itself, and whether it has happened. A run whose function states nothing of
 * its events is left out.
 */
export async function listEffects({ runs }: { runs: readonly RunWithEvents[] }): Promise<Map<string, Effect[]>> {
  const functions = new Map((await backgroundFunctions()()).map((one) => [one.id, one]));
  const stated = runs.map(({ runId, functionId, events }) => ({
    runId,
    effects: events.flatMap(({ name, data }) => functions.get(functionId)?.effectsOf(name, data) ?? []),
  }));
  const keys = new Set(stated.flatMap(({ effects }) => effects.map(({ key }) => key)));
  const states = new Map((await findEffectStates([...keys])).map((state) => [state.key, state]));
  return new Map(
    stated
      .filter(({ effects }) => effects.length > 0)
      .map(({ runId, effects }) => [runId, effects.flatMap((effect) => asEffect(effect, states.get(effect.key)))]),
  );
}
