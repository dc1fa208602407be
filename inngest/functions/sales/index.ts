import type { PortalFunction } from '@/inngest/define-function';
import { orderFunction } from './order';
import { posOrderFunction } from './pos-order';

export const salesFunctions: PortalFunction[] = [orderFunction, posOrderFunction];
