/** Lengths of bars for amounts in minor units: parts of the largest, 0 to 1, exact to a thousandth. */
export function shares(amounts: readonly bigint[]): number[] {
  const largest = amounts.reduce((most, amount) => (amount > most ? amount : most), 0n);
  return amounts.map((amount) => (largest === 0n || amount < 0n ? 0 : Number((amount * 1000n) / largest) / 1000));
}
