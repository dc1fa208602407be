import { type DocumentNode, execute, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { Refusal } from '../protocol/events';
import { isObject } from '../protocol/json';
import type { Database } from '../store/database';
import { parseJson, type Reply, type Route } from './exchange';
import { graphSchema } from './graph-schema';
import { rootSpan, spanOutput, tracedEvent, tracedRun } from './run-trace';

/** Tools send the same few texts again and again. */
const STORED_DOCUMENTS = 50;
/** A question may be no larger; parsing takes time and memory in proportion. */
const PARSE_LIMITS = { maxTokens: 1_000 };

function rootOf(db: Database) {
  const run = async ({ runID }: { runID: string }) => {
    const found = await tracedRun(db, runID);
    if (!found) return null;
    return {
      id: found.id,
      appID: found.app_id,
      app: { id: found.app_id, name: found.app },
      functionID: found.function_id,
      function: { id: found.function_id, name: found.fn, slug: found.slug },
      traceID: found.id,
      queuedAt: found.created_at,
      startedAt: found.started_at,
      endedAt: found.ended_at,
      status: found.status.toUpperCase(),
      sourceID: found.parent_run,
      triggerIDs: found.event_ids ?? [],
      eventName: found.event_name,
      isBatch: found.batched,
      cronSchedule: found.cron,
      output: found.output,
      trace: () => rootSpan(db, found),
    };
  };
  return {
    run,
    runTraceSpanOutputByID: ({ outputID }: { outputID: string }) => spanOutput(db, outputID),
    eventV2: ({ id }: { id: string }) => tracedEvent(db, id),
  };
}

/** `POST /v0/gql`: a run with its trace, and a span's output. Anything else is refused by the schema, as GraphQL does. */
export function graphRoutes({ db }: { db: Database }): Route[] {
  const documents = new Map<string, DocumentNode>();
  const rootValue = rootOf(db);
  const read = (query: string): DocumentNode => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query, PARSE_LIMITS);
    const [problem] = validate(graphSchema, document, specifiedRules, { maxErrors: 1 });
    if (problem) throw problem;
    if (documents.size >= STORED_DOCUMENTS) documents.clear();
    documents.set(query, document);
    return document;
  };
  const ask = async (body: string): Promise<Reply> => {
    const asked = parseJson(body);
    if (!isObject(asked) || typeof asked.query !== 'string') throw new Refusal(400, 'a GraphQL request needs a query');
    try {
      const result = await execute({
        schema: graphSchema,
        document: read(asked.query),
        rootValue,
        variableValues: isObject(asked.variables) ? asked.variables : {},
        operationName: typeof asked.operationName === 'string' ? asked.operationName : null,
      });
      const unexpected = result.errors?.find(
        ({ originalError }) => originalError && !(originalError instanceof Refusal),
      );
      if (unexpected) throw unexpected.originalError;
      return { status: 200, body: result };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { status: 422, body: { errors: [error], data: null } };
    }
  };
  return [{ method: 'POST', path: '/v0/gql', handle: ({ body }) => ask(body) }];
}
