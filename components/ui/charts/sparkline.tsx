import { clsx } from 'clsx';
import type { ChartPoint } from './chart-point';
import { ChartTable } from './chart-table';
import { lineShape } from './shapes';

export interface SparklineProps {
  /** What the line shows. */
  label: string;
  /** In order of time. */
  points: readonly ChartPoint[];
  className?: string;
}

const BOX = { width: 120, height: 24 };

/** A course at a glance, beside the figure it led to. It is a plain picture, without a script. */
export function Sparkline({ label, points, className }: SparklineProps) {
  if (points.length < 2) return null;
  const shape = lineShape(
    points.map(({ value }) => value),
    BOX,
  );
  const end = shape.points.at(-1) ?? { x: 0, y: 0 };
  return (
    <div className={clsx('inline-block h-6 w-30', className)}>
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="size-full"
      >
        <path d={shape.area} className="fill-accent-soft" />
        <path
          d={shape.line}
          fill="none"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
          className="stroke-accent"
        />
        <path
          d={`M${end.x} ${end.y}h.01`}
          strokeWidth="5"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className="stroke-accent"
        />
      </svg>
      <ChartTable label={label} points={points} />
    </div>
  );
}
