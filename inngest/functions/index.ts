import type { PortalFunction } from '../define-function';
import { coreFunctions } from './core';
import { intakeFunctions } from './intake';
import { referralFunctions } from './referral';
import { salesFunctions } from './sales';

/** The one registry: what is not listed here does not run. */
export const functions: PortalFunction[] = [
  ...coreFunctions,
  ...salesFunctions,
  ...referralFunctions,
  ...intakeFunctions,
];
