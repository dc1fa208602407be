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

/** Whether an HTTP address gives any answer at all: a sign of life, whatever it says. */
export async function respondsHttp(url, withinMs) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(withinMs) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
