import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/ui/badge';
import type { Tone } from '@/components/ui/tone';
import type { UploadState } from '@/server/modules/intake/uploads/schema';

const TONES: Record<UploadState, Tone> = {
  received: 'waiting',
  checking: 'info',
  checked: 'waiting',
  committing: 'info',
  committed: 'good',
  refused: 'wrong',
  failed: 'wrong',
};

/** Where an upload stands, in a word. */
export function UploadStateBadge({ state }: { state: UploadState }) {
  const t = useTranslations('uploads.states');
  return <StatusBadge tone={TONES[state]}>{t(state)}</StatusBadge>;
}
