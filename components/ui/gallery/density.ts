export const DENSITIES = ['compact', 'regular', 'relaxed'] as const;
export type Density = (typeof DENSITIES)[number];

/** Anything else is regular. */
export const toDensity = (text: string | undefined): Density => DENSITIES.find((one) => one === text) ?? 'regular';
