import type { PortalFunction } from '@/inngest/define-function';
import { notificationsFunction } from './notifications';

export const coreFunctions: PortalFunction[] = [notificationsFunction];
