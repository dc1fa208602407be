import { connect } from 'node:net';

/** Whether something accepts connections on a loopback port. */
export function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.setTimeout(1000, () => end(false));
  });
}

/** Whether an HTTP address answers without a failure of its own. */
export async function answersHttp(url, withinMs = 30_000) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(withinMs) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}
