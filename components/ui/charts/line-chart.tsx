'use client';

import { useState } from 'react';
import type { ChartPoint } from './chart-point';
import { ChartTable } from './chart-table';
import { LineDrawing } from './line-drawing';
import { lineShape } from './shapes';

export interface LineChartProps {
  /** What the line shows. */
  label: string;
  /** In order of time. */
  points: readonly ChartPoint[];
  /** A round value of the scale, as it is read: "20 triệu". */
  tickText: (value: number) => string;
  height?: number;
}

const WIDTH = 600;

/** A course over time. A hand or the arrows go along it, and each point says its figure; under the hand lies a plain slider. */
export function LineChart({ label, points, tickText, height = 160 }: LineChartProps) {
  const last = points.length - 1;
  const [at, goTo] = useState(last);
  const shape = lineShape(
    points.map(({ value }) => value),
    { width: WIDTH, height },
  );
  const [point, place] = [points[at], shape.points[at]];
  if (!point || !place) return null;
  const share = (place.x / WIDTH) * 100;
  return (
    <div className="min-w-0">
      <p aria-hidden="true" className="mb-1 text-xs text-ink-2">
        {point.label} <span className="ml-1 text-sm font-semibold text-ink">{point.text}</span>
      </p>
      <div className="flex gap-2">
        <div className="relative min-w-0 flex-1" style={{ height }}>
          <LineDrawing
            shape={shape}
            box={{ width: WIDTH, height }}
            weight={2}
            className="absolute inset-0 size-full"
            under={shape.ticks.map(({ value, y }) => (
              <path key={value} d={`M0 ${y}H${WIDTH}`} vectorEffect="non-scaling-stroke" className="stroke-line" />
            ))}
          >
            <path d={`M${place.x} 0V${height}`} vectorEffect="non-scaling-stroke" className="stroke-line-control" />
          </LineDrawing>
          <span
            aria-hidden="true"
            style={{ left: `${share}%`, top: place.y }}
            className="absolute size-2 -translate-1/2 rounded-full bg-accent outline-2 outline-surface"
          />
          <input
            type="range"
            min={0}
            max={last}
            value={at}
            aria-label={label}
            aria-valuetext={`${point.label}: ${point.text}`}
            onChange={(event) => goTo(Number(event.target.value))}
            onPointerMove={(event) => {
              const { left, width } = event.currentTarget.getBoundingClientRect();
              goTo(Math.max(0, Math.min(last, Math.round(((event.clientX - left) / width) * last))));
            }}
            className="absolute inset-0 size-full cursor-crosshair appearance-none bg-transparent [&::-moz-range-thumb]:opacity-0 [&::-webkit-slider-thumb]:appearance-none"
          />
        </div>
        <div aria-hidden="true" className="tabular relative w-20 shrink-0 text-xs text-ink-3">
          {shape.ticks.map(({ value, y }) => (
            <span key={value} style={{ top: y }} className="absolute left-0 -translate-y-1/2 whitespace-nowrap">
              {tickText(value)}
            </span>
          ))}
        </div>
      </div>
      <ChartTable label={label} points={points} />
    </div>
  );
}
