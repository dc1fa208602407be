'use client';

import { useState } from 'react';
import type { TypedReason } from '@/components/ui/confirm-dialog';
import { CameBack } from './came-back';
import { useKeptDraft } from './use-kept-draft';

const isText = (kept: unknown): kept is string => typeof kept === 'string';

/** The reason for an act, kept until the act is done or dropped. `name` says which act on what, `version` how that stands. */
export function useKeptReason(name: string, version: string): TypedReason {
  const [text, setText] = useState('');
  const kept = useKeptDraft({
    name: `reason.${name}`,
    draft: text,
    version,
    isEmpty: text.trim() === '',
    isDraft: isText,
    restore: setText,
  });
  const drop = () => {
    kept.done();
    setText('');
  };
  return { text, setText, drop, cameBack: <CameBack kept={kept} onDrop={drop} /> };
}
