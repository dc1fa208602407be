/** A port that is bound to an adapter in one place, `server/composition.ts`, when the process starts. */
export type Port<T> = { (): T; bind(adapter: T): void };

export function definePort<T>(name: string): Port<T> {
  const kept = globalThis as unknown as { portalPorts?: Map<string, unknown> };
  kept.portalPorts ??= new Map();
  const ports = kept.portalPorts;
  const port = () => {
    const adapter = ports.get(name);
    if (adapter === undefined) throw new Error(`no adapter is bound to the port ${name}`);
    return adapter as T;
  };
  return Object.assign(port, { bind: (adapter: T) => void ports.set(name, adapter) });
}
