import type { z } from 'zod';

/** An event of the portal: its name and the shape of its data, which is ids and small facts, never personal data. */
export type EventContract<N extends string = string, S extends z.ZodObject = z.ZodObject> = {
  readonly name: N;
  readonly schema: S;
};

export const defineEvent = <N extends string, S extends z.ZodObject>(name: N, schema: S): EventContract<N, S> => ({
  name,
  schema: schema.strict() as unknown as S,
});
