import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';

/** Geometry of the charts, in units of their own box: nothing here knows of colours, words or money. */

export type Box = { width: number; height: number };

export type LineShape = {
  line: string;
  area: string;
  /** Where each value stands. */
  points: { x: number; y: number }[];
  /** Round values of the scale, with the height at which each stands. */
  ticks: { value: number; y: number }[];
};

/** What is left free above and below a line, so that its ends and its dot are not cut. */
const EDGE = 3;

/** Heights of columns as parts of the tallest, 0 to 1. What is below zero has no column. */
export function columnHeights(values: readonly number[]): number[] {
  const tallest = Math.max(0, ...values);
  return values.map((value) => (tallest === 0 ? 0 : Math.max(0, value) / tallest));
}

/** A line through values at equal steps, from zero or the least of them up; with two values or more. */
export function lineShape(values: readonly number[], box: Box, tickCount = 3): LineShape {
  const scale = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(1, ...values)])
    .nice(tickCount)
    .range([box.height - EDGE, EDGE]);
  const step = values.length > 1 ? (box.width - 2 * EDGE) / (values.length - 1) : 0;
  const points = values.map((value, at) => ({ x: EDGE + at * step, y: scale(value) }));
  const base = scale(0);
  const through = line<{ x: number; y: number }>(
    ({ x }) => x,
    ({ y }) => y,
  ).curve(curveMonotoneX);
  const under = area<{ x: number; y: number }>(
    ({ x }) => x,
    base,
    ({ y }) => y,
  ).curve(curveMonotoneX);
  return {
    line: through(points) ?? '',
    area: under(points) ?? '',
    points,
    ticks: scale.ticks(tickCount).map((value) => ({ value, y: scale(value) })),
  };
}

/** Parts of a whole, 0 to 1; what is below zero has no part. */
export function partsOf(values: readonly number[]): number[] {
  const whole = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  return values.map((value) => (whole === 0 ? 0 : Math.max(0, value) / whole));
}

/** How a value differs from the one before it, as a part of that; null where there is none to compare with. */
export function changeOf(value: number, before: number | undefined): number | null {
  return before === undefined || before === 0 ? null : (value - before) / Math.abs(before);
}
