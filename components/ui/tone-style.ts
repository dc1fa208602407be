/** The four meanings, and the absence of one. Each comes with an icon and a word, never by colour alone. */
export type Tone = 'good' | 'notice' | 'wrong' | 'info' | 'neutral';

export const toneText: Record<Tone, string> = {
  good: 'text-good',
  notice: 'text-notice',
  wrong: 'text-wrong',
  info: 'text-info',
  neutral: 'text-ink-2',
};

export const toneBox: Record<Tone, string> = {
  good: 'border-good-line bg-good-soft',
  notice: 'border-notice-line bg-notice-soft',
  wrong: 'border-wrong-line bg-wrong-soft',
  info: 'border-info-line bg-info-soft',
  neutral: 'border-line bg-sunken',
};
