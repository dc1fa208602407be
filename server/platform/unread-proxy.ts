import { BlockList } from 'node:net';
import { logger } from './logger';

// The front and the application may come from bundles of their own, in one process.
const kept = globalThis as unknown as { portalUnreadProxy?: boolean };

/** Where a proxy of one's own stands: this machine, or its network (RFC 1918, 4193, 6598, link-local). */
const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addSubnet('100.64.0.0', 10);
near.addSubnet('169.254.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

const isNear = (peer: string): boolean => {
  const bare = peer
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .split('%', 1)
    .join('');
  return near.check(bare, bare.includes(':') ? 'ipv6' : 'ipv4');
};

/**
 * Notes that a request came from nearby with word of whom it was forwarded for, which nobody here reads: then everybody has the one
 * address of the proxy, and shares its limits. Said once, loudly; nothing of the word is believed. `peer`: the socket's address.
 */
export function noteUnreadProxy(peer: string | undefined): void {
  if (kept.portalUnreadProxy || peer === undefined || !isNear(peer)) return;
  kept.portalUnreadProxy = true;
  const said = 'A PROXY STANDS IN FRONT AND IS NOT COUNTED: everybody has one address and shares its limits';
  logger('front').error({ setting: 'TRUST_PROXY' }, said);
}

/** Whether this process has seen such a request. */
export const hasUnreadProxy = (): boolean => kept.portalUnreadProxy === true;
