export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Whether it came true within the time given. */
export async function until(look: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadlineAt = Date.now() + timeoutMs;
  while (Date.now() < deadlineAt) {
    if (await look()) return true;
    await pause(25);
  }
  return false;
}
