import { isIPv6 } from 'node:net';

/** The header under which the front hands on who is asking. Whatever a caller sends under this name is replaced. */
export const CLIENT_ADDRESS = 'x-client-address';

/** `::ffff:1.2.3.4` is 1.2.3.4; of an IPv6 address the network counts, since the owner of one address has its whole /64. */
function plain(address: string): string {
  const bare = address.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, gap)).fill('0'), ...right];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/**
 * Who is asking: the socket's own address, and behind `proxies` proxies of ours the entry that the outermost of them wrote, counted
 * from the right; what stands further left was written by the caller. A list that is too short was not written by our proxies.
 */
export function clientAddress(socket: string | undefined, forwarded: string | undefined, proxies: number): string {
  if (proxies === 0) return plain(socket ?? '');
  const hops = (forwarded ?? '').split(',').filter((hop) => hop.trim() !== '');
  return plain(hops.at(-proxies) ?? socket ?? '');
}
