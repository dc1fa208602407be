/** One measured figure beside its limit, in the same unit. */
export interface Figure {
  bench: string;
  figure: string;
  value: number;
  unit: string;
  /** The most (or for rates the least) that is wished for, or a limit measured in the same run. */
  limit?: number;
  /** What somebody else's work took in the same run. */
  peer?: number;
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** Prints a figure as one line of JSON, with its ratio to the peer, else to the limit. */
export function printFigure({ bench, figure, value, unit, limit, peer }: Figure): void {
  const base = peer ?? limit;
  const ratio = base === undefined ? null : round(value / base);
  console.log(
    JSON.stringify({ bench, figure, value: round(value), unit, limit: limit ?? null, peer: peer ?? null, ratio }),
  );
}
