import { clsx } from 'clsx';
import type { ChartPoint } from './chart-point';
import { ChartTable } from './chart-table';
import { LineDrawing } from './line-drawing';
import { lineShape } from './shapes';

export interface SparklineProps {
  /** What the line shows. */
  label: string;
  /** In order of time. */
  points: readonly ChartPoint[];
  className?: string;
}

const BOX = { width: 120, height: 24 };

/** A course at a glance, beside the figure it led to, with its figures behind it; its place is kept while they come. A plain picture, without a script. */
export function Sparkline({ label, points, className }: SparklineProps) {
  return (
    <div className={clsx('inline-block h-6 align-top', className ?? 'w-30')}>
      {points.length > 1 && <Course label={label} points={points} />}
    </div>
  );
}

function Course({ label, points }: SparklineProps) {
  const shape = lineShape(
    points.map(({ value }) => value),
    BOX,
  );
  const end = shape.points.at(-1) ?? { x: 0, y: 0 };
  return (
    <>
      <LineDrawing shape={shape} box={BOX} weight={1.5} className="size-full">
        <path
          d={`M${end.x} ${end.y}h.01`}
          strokeWidth="5"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className="stroke-accent"
        />
      </LineDrawing>
      <ChartTable label={label} points={points} />
    </>
  );
}
