import { useTranslations } from 'next-intl';

const WIDTH = 120;
const HEIGHT = 24;

/** A lane's last hour, minute by minute, the newest at the right; said in figures to who does not see it. */
export function LaneSpark({ name, minutes }: { name: string; minutes: readonly number[] }) {
  const t = useTranslations('operations.lane');
  const most = Math.max(...minutes, 0);
  const rows = minutes.reduce((sum, one) => sum + one, 0);
  const step = WIDTH / Math.max(minutes.length - 1, 1);
  const points = minutes.map((one, at) => `${at * step},${HEIGHT - (most > 0 ? (one / most) * (HEIGHT - 2) : 0) - 1}`);
  return (
    <svg
      role="img"
      aria-label={t('spark', { tier: name, rows, most })}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="mt-2 block h-6 w-full"
    >
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className="stroke-line" vectorEffect="non-scaling-stroke" />
      {most > 0 && (
        <polyline
          points={points.join(' ')}
          className="fill-none stroke-accent"
          strokeWidth="1.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
