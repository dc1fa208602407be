import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { clientAddress } from './client-address';

/** Far more than a house full of people behind one address opens. */
const MOST_OF_AN_ADDRESS = 1_000;
/** Fewer than a process may have files open, so that it is never without one for the database, a file or a log. */
const MOST = 8_000;

/** The supervisor and a proxy on this machine, which stands for everybody. */
const isOurs = (address: string): boolean => address === '127.0.0.1' || address === '0:0:0:0::/64';

/**
 * Ends connections beyond what one address may have open at a time, and beyond what all may: idle ones, or heads that never end,
 * cost nobody who opens them anything. Behind proxies of ours (`proxies`) all connections are theirs, and only the sum counts.
 */
export function boundConnections(server: Server, proxies: number): void {
  const open = new Map<string, number>();
  let all = 0;
  server.on('connection', (socket: Socket) => {
    const address = clientAddress(socket.remoteAddress, undefined, 0);
    if (isOurs(address)) return;
    const theirs = open.get(address) ?? 0;
    if (all >= MOST || (proxies === 0 && theirs >= MOST_OF_AN_ADDRESS)) return socket.destroy();
    all += 1;
    open.set(address, theirs + 1);
    socket.once('close', () => {
      all -= 1;
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
