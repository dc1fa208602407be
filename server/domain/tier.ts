/** The tiers of customers, the lowest first; `tier_rank` is the same order in SQL. */
export const TIERS = ['standard', 'vip1', 'svip1', 'svip2'] as const;
export type Tier = (typeof TIERS)[number];
