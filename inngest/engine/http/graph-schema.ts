import { buildSchema } from 'graphql';

/** What status tools read, under the names of the official server's schema; the rest of that schema is not offered. */
export const graphSchema = buildSchema(`
scalar Time
scalar ULID
scalar UUID
scalar Bytes
scalar Unknown
scalar SpanMetadataScope
scalar SpanMetadataKind
scalar SpanMetadataValues

enum FunctionRunStatus { QUEUED RUNNING COMPLETED FAILED CANCELLED }
enum RunTraceSpanStatus { FAILED QUEUED RUNNING COMPLETED WAITING CANCELLED }
enum StepOp { INVOKE RUN SLEEP WAIT_FOR_EVENT AI_GATEWAY WAIT_FOR_SIGNAL }

type Query {
  "A run; null when there is none of this id."
  run(runID: String!): FunctionRunV2
  "What a span returned or threw; its id is a span's outputID."
  runTraceSpanOutputByID(outputID: String!): RunTraceSpanOutput!
  "An event by its internal id."
  eventV2(id: ULID!): EventV2
}

type EventV2 {
  id: ULID!
  "The id that the sender chose."
  idempotencyKey: String
  name: String!
  occurredAt: Time!
  "The event as JSON text."
  raw: String!
  receivedAt: Time!
}

type App { id: UUID!, name: String! }
type Function { id: UUID!, name: String!, slug: String! }

type FunctionRunV2 {
  id: ULID!
  appID: UUID!
  app: App!
  functionID: UUID!
  function: Function!
  traceID: String!
  queuedAt: Time!
  startedAt: Time
  endedAt: Time
  status: FunctionRunStatus!
  sourceID: String
  triggerIDs: [ULID!]!
  eventName: String
  isBatch: Boolean!
  cronSchedule: String
  output: Bytes
  trace(preview: Boolean): RunTraceSpan
}

"The run itself at the root, its steps below."
type RunTraceSpan {
  appID: UUID!
  functionID: UUID!
  runID: ULID!
  spanID: String!
  traceID: String!
  name: String!
  status: RunTraceSpanStatus!
  "Milliseconds; null while it goes on."
  duration: Int
  outputID: String
  queuedAt: Time!
  startedAt: Time
  endedAt: Time
  childrenSpans: [RunTraceSpan!]!
  stepOp: StepOp
  stepID: String
  isRoot: Boolean!
  parentSpanID: String
  isUserland: Boolean!
  metadata: [SpanMetadata!]!
}

type SpanMetadata { scope: SpanMetadataScope!, kind: SpanMetadataKind!, values: SpanMetadataValues!, updatedAt: Time! }

type RunTraceSpanOutput { input: Bytes, data: Bytes, error: StepError }
type StepError { message: String!, name: String, stack: String, cause: Unknown }
`);
