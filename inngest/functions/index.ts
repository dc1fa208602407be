import type { PortalFunction } from '../define-function';

/** The one registry: what is not listed here does not run. */
export const functions: PortalFunction[] = [];
