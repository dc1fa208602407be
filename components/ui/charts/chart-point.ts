export interface ChartPoint {
  id: string;
  /** What it is the value of: "10/2026", "14:05". */
  label: string;
  /** For the shape alone. */
  value: number;
  /** The exact figure, as it is read. */
  text: string;
}
