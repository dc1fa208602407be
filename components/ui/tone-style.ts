/**
 * The four meanings, and three states that are none of them: `waiting` for its turn or for somebody, `sealed` for good, `neutral`.
 * Each comes with an icon and a word, never by colour alone. `notice` and `wrong` are trouble, and nothing else is.
 */
export type Tone = 'good' | 'notice' | 'wrong' | 'info' | 'waiting' | 'sealed' | 'neutral';

export const toneText: Record<Tone, string> = {
  good: 'text-good',
  notice: 'text-notice',
  wrong: 'text-wrong',
  info: 'text-info',
  waiting: 'text-ink-2',
  sealed: 'text-accent-ink',
  neutral: 'text-ink-2',
};

export const toneBox: Record<Tone, string> = {
  good: 'border-good-line bg-good-soft',
  notice: 'border-notice-line bg-notice-soft',
  wrong: 'border-wrong-line bg-wrong-soft',
  info: 'border-info-line bg-info-soft',
  waiting: 'border-line bg-sunken',
  sealed: 'border-accent-line bg-accent-soft',
  neutral: 'border-line bg-sunken',
};
