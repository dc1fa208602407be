import type { Tier } from './tier';

/**
 * The lanes of uploads, one a tier: each is a background function of its own, so that a flood of standard uploads takes nothing
 * from an upload of a higher tier. `slots` uploads of a lane are under way side by side, but a lane writes one chunk at a time:
 * what more it wrote beside it, the processors would take from other lanes. A lane that `yields` begins no chunk while an
 * upload of a higher tier is in its first minute.
 */
export const UPLOAD_LANES = {
  standard: { functionId: 'orders-bulk-upload', slots: 3, yields: true },
  vip1: { functionId: 'orders-bulk-upload-vip1', slots: 1, yields: false },
  svip1: { functionId: 'orders-bulk-upload-svip1', slots: 1, yields: false },
  svip2: { functionId: 'orders-bulk-upload-svip2', slots: 1, yields: false },
} as const satisfies Record<Tier, { functionId: string; slots: number; yields: boolean }>;
