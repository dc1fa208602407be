import type { ReactNode } from 'react';
import type { Box, LineShape } from './shapes';

type Props = {
  shape: LineShape;
  box: Box;
  /** Of the line, in px. */
  weight: number;
  className: string;
  /** Under the line: the ticks of a scale. */
  under?: ReactNode;
  /** Over it: where one stands, or where it ends. */
  children?: ReactNode;
};

/** A line with what is under it, as every chart draws one: stretched to its place, its weight kept. */
export function LineDrawing({ shape, box, weight, className, under, children }: Props) {
  return (
    <svg viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none" aria-hidden="true" className={className}>
      {under}
      <path d={shape.area} className="fill-accent-soft" />
      <path
        d={shape.line}
        fill="none"
        strokeWidth={weight}
        vectorEffect="non-scaling-stroke"
        className="stroke-accent"
      />
      {children}
    </svg>
  );
}
