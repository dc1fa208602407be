import type { PortalFunction } from '@/inngest/define-function';
import { uploadFunctions } from './orders-bulk-upload';

export const intakeFunctions: PortalFunction[] = uploadFunctions;
