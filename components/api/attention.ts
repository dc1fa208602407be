const AWAY_AFTER_MS = 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

let lastSign = Date.now();
if (typeof window !== 'undefined') {
  const noted = () => {
    lastSign = Date.now();
  };
  for (const sign of SIGNS) window.addEventListener(sign, noted, { passive: true, capture: true });
}

/** What a screen says with a request that it makes by itself while nobody is there, so that it keeps no session alive. */
export const attentionHeaders = (): Record<string, string> =>
  Date.now() - lastSign > AWAY_AFTER_MS ? { 'x-unattended': '1' } : {};
