import type { RunSelection } from '@/server/modules/core/operations/schema';

/**
 * Under which name the reason for an act on runs is kept, and which runs it was written for: of several that were selected a later selection is
 * another version, of which the reason says so.
 */
export function aboutRuns(act: 'cancel' | 'replay', selection: RunSelection): [name: string, version: string] {
  if (!('runIds' in selection)) return [`${act}.${selection.functionId}.${selection.errorCode}`, ''];
  const [only] = selection.runIds;
  if (selection.runIds.length === 1) return [`${act}.${only}`, ''];
  return [`${act}.selected`, selection.runIds.toSorted().join(' ')];
}
